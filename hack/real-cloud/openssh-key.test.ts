import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { opensshPublicKey } from './openssh-key.ts';

describe('opensshPublicKey', () => {
  it('is the kind, then its length and name, then length and bytes of the key', () => {
    const [kind = '', blob = '', comment] = opensshPublicKey(generateKeyPairSync('ed25519').publicKey, 'me').split(' ');
    const bytes = Buffer.from(blob, 'base64');
    expect([kind, comment]).toEqual(['ssh-ed25519', 'me']);
    expect(bytes.subarray(4, 15).toString()).toBe('ssh-ed25519');
    expect(bytes.readUInt32BE(15)).toBe(32);
    expect(bytes).toHaveLength(4 + 11 + 4 + 32);
  });

  it('refuses other kinds of keys', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(() => opensshPublicKey(publicKey, 'me')).toThrow('Not an Ed25519 public key');
  });
});
