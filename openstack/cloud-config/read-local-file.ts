import { open } from 'node:fs/promises';

import { UserError } from '../../terminal/user-error.ts';
import { errorCode } from '../error-code.ts';
import { exitCode } from '../exit-code.ts';
import type { FoundFile } from './cloud-files.ts';

/** Reads a file and its permission bits; undefined when it does not exist. @throws UserError (exit 2) when it cannot be read */
export async function readLocalFile(path: string): Promise<FoundFile | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { mode } = await file.stat();
      return { text: await file.readFile('utf8'), mode: mode & 0o777 };
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = errorCode(error) ?? 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UserError(`cannot read ${path}: ${code}`, { exitCode: exitCode.usage, cause: error });
  }
}
