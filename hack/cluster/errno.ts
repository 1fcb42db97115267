/** Whether an error of the file system or of a process call has this code, `EEXIST` for example. */
export function hasErrno(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
