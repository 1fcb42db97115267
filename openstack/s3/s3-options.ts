import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import { type Command, Option } from 'commander';

import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';

/** What the command line says about the object store. */
export interface S3Flags {
  readonly bucket?: string;
  readonly endpoint?: string;
  readonly s3Region?: string;
  readonly s3AccessKeyFile?: string;
  readonly s3SecretKeyFile?: string;
  /** False with `--no-path-style`. */
  readonly pathStyle: boolean;
}

/** Gives a command the flags that tell where and with which keys S3 is used. Keys come from files: argv is for all to see. */
export const addS3Options = (command: Command): Command =>
  [
    new Option('--bucket <name>', 'bucket of the event logs (default: CLUSTER-PROJECT, shortened)'),
    new Option('--endpoint <url>', "URL of the S3 store (default: the catalog's object store)"),
    new Option('--s3-region <name>', 'region to sign for (default: what the store wants)'),
    new Option('--s3-access-key-file <file>', 'file with an access key (default: an EC2 key is made in Keystone)'),
    new Option('--s3-secret-key-file <file>', 'file with its secret'),
    new Option('--no-path-style', 'put the bucket in front of the host name instead of into the path'),
  ].reduce((made, option) => made.addOption(option), command);

/** Keys that a person gave. */
export interface GivenKeys {
  readonly accessKey: string;
  readonly secretKey: string;
}

/**
 * The keys of the two files; undefined when no file is named.
 * @throws UserError when only one is named, or one cannot be read or is empty
 */
export async function givenKeys(
  { workingFolder }: Pick<Cli, 'workingFolder'>,
  { s3AccessKeyFile, s3SecretKeyFile }: Partial<S3Flags>,
): Promise<GivenKeys | undefined> {
  if (s3AccessKeyFile === undefined && s3SecretKeyFile === undefined) return undefined;
  if (s3AccessKeyFile === undefined || s3SecretKeyFile === undefined)
    throw usage('--s3-access-key-file and --s3-secret-key-file go together');
  const read = (file: string): Promise<string> => wordIn(isAbsolute(file) ? file : join(workingFolder, file));
  return { accessKey: await read(s3AccessKeyFile), secretKey: await read(s3SecretKeyFile) };
}

async function wordIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw usage(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, error);
  });
  const word = text.trim();
  if (word === '' || /\s/.test(word)) throw usage(`${file} must hold one key and nothing else`);
  return word;
}

const usage = (message: string, cause?: unknown): UserError =>
  new UserError(message, { exitCode: exitCode.usage, cause });
