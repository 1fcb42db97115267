import { createHash } from 'node:crypto';

import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';

/** A public key as OpenSSH writes it, and how Nova shows it. */
export interface PublicKey {
  readonly text: string;
  /** MD5 of the key, in pairs with colons. */
  readonly fingerprint: string;
}

const KINDS = /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-\S+) ([A-Za-z0-9+/]+=*)(?: .*)?$/;

/**
 * Reads a public key.
 * @throws UserError with exit code 2 when it is none; a private key is never sent anywhere
 */
export function publicKeyOf(content: string, file: string): PublicKey {
  if (content.includes('PRIVATE KEY'))
    throw new UserError(`${file} is a private key, which stays with you: give the public one (mostly ${file}.pub)`, {
      exitCode: exitCode.usage,
    });
  const text = content.trim();
  const [, blob] = KINDS.exec(text) ?? [];
  if (blob === undefined)
    throw new UserError(`${file} is no public key as OpenSSH writes it ("ssh-ed25519 AAAA… name")`, {
      exitCode: exitCode.usage,
    });
  const digest = createHash('md5').update(Buffer.from(blob, 'base64')).digest('hex');
  return { text, fingerprint: (digest.match(/../g) ?? []).join(':') };
}
