import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import type { Nova } from '../compute/nova.ts';
import { errorCode } from '../error-code.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';
import { type PublicKey, publicKeyOf } from './public-key.ts';

/** Reads the file of `--ssh-public-key`. @throws UserError with exit code 2 */
export async function readPublicKey(
  { home, workingFolder }: Pick<Cli, 'home' | 'workingFolder'>,
  file: string,
): Promise<PublicKey> {
  const path = file.startsWith('~/') ? join(home, file.slice(2)) : isAbsolute(file) ? file : join(workingFolder, file);
  try {
    return publicKeyOf(await readFile(path, 'utf8'), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : (errorCode(error) ?? String(error));
    throw new UserError(`cannot read the public key ${file}: ${reason}`, { exitCode: exitCode.usage, cause: error });
  }
}

/**
 * Imports a public key under a name, unless it is there. Answers whether it was imported.
 * @throws UserError with exit code 6 when another key has that name
 */
export async function ensureKeypair(nova: Nova, name: string, key: PublicKey): Promise<'imported' | 'existed'> {
  const existing = (await nova.keypairs()).find((keypair) => keypair.name === name);
  if (existing !== undefined) return sameKey(name, existing.fingerprint, key);
  try {
    await nova.importKeypair(name, key.text);
    return 'imported';
  } catch (error) {
    if (!failedWith(error, 'Conflict')) throw error;
    const made = (await nova.keypairs()).find((keypair) => keypair.name === name);
    if (made === undefined) throw error;
    return sameKey(name, made.fingerprint, key);
  }
}

function sameKey(name: string, fingerprint: string, key: PublicKey): 'existed' {
  if (fingerprint === key.fingerprint) return 'existed';
  throw new UserError(
    `there is a keypair "${name}" with another key (${fingerprint}): import yours under another name with --keypair`,
    { exitCode: exitCode.conflict },
  );
}
