import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { errorCode } from '../error-code.ts';
import { exitCode } from '../exit-code.ts';

/** Keys of S3 that a person has. `secretKey` is a secret. */
export interface GivenKeys {
  readonly accessKey: string;
  readonly secretKey: string;
}

interface KeyFlags {
  readonly s3AccessKeyFile?: string | undefined;
  readonly s3SecretKeyFile?: string | undefined;
}

/**
 * The keys of files or variables; never of the command line, which other people of the machine see. Undefined: none were given.
 * @throws UserError with exit code 2 when there is one half of them, or a file cannot be read
 */
export async function givenKeys(
  cli: Pick<Cli, 'env' | 'workingFolder'>,
  flags: KeyFlags,
): Promise<GivenKeys | undefined> {
  const accessKey = await half(cli, flags.s3AccessKeyFile, 'OPSPARKCTL_S3_ACCESS_KEY');
  const secretKey = await half(cli, flags.s3SecretKeyFile, 'OPSPARKCTL_S3_SECRET_KEY');
  if (accessKey === undefined && secretKey === undefined) return undefined;
  if (accessKey === undefined || secretKey === undefined) {
    const missing = accessKey === undefined ? '--s3-access-key-file' : '--s3-secret-key-file';
    throw new UserError(`S3 keys have two halves: ${missing} is missing`, { exitCode: exitCode.usage });
  }
  return { accessKey, secretKey };
}

async function half(
  { env, workingFolder }: Pick<Cli, 'env' | 'workingFolder'>,
  file: string | undefined,
  variable: string,
): Promise<string | undefined> {
  if (file === undefined) return env[variable] === '' ? undefined : env[variable];
  const text = await readFile(resolve(workingFolder, file), 'utf8').catch((error: unknown) => {
    throw new UserError(`cannot read ${file}: ${errorCode(error) ?? String(error)}`, {
      exitCode: exitCode.usage,
      cause: error,
    });
  });
  const key = text.trim();
  if (key === '')
    throw new UserError(`${file} is empty: it shall hold one half of the S3 keys`, { exitCode: exitCode.usage });
  return key;
}
