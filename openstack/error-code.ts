/** The code of an error of Node (`ENOENT`, `EEXIST`); undefined for all others. */
export const errorCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
