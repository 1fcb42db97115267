import type { KeyObject } from 'node:crypto';

/** An Ed25519 public key as one line of an `authorized_keys` file (RFC 4253 section 6.6, RFC 8709 section 4). */
export function opensshPublicKey(key: KeyObject, comment: string): string {
  const { x } = key.export({ format: 'jwk' });
  if (x === undefined) throw new Error('Not an Ed25519 public key');
  const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.from(x, 'base64url'))]);
  return `ssh-ed25519 ${blob.toString('base64')} ${comment}`;
}

function field(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
