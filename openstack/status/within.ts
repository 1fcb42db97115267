import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';

/** How long one part of a report is waited for. */
export const PART_MS = 5000;

/** The result of some work, if it comes in time; the work itself is not stopped. @throws UserError with exit code 9 */
export async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new UserError(`no answer within ${milliseconds / 1000} s`, { exitCode: exitCode.unreachable }));
    }, milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
