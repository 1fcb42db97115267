import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** An RSA key pair as PEM: PKCS #8 and SubjectPublicKeyInfo. */
export interface KeyPair {
  readonly publicPem: string;
  readonly privatePem: string;
}

const generate = promisify(generateKeyPair);

/** Makes an RSA key pair in a thread of its own: the event loop goes on. */
export async function rsaKeyPair(bits: 2048 | 3072): Promise<KeyPair> {
  const { publicKey, privateKey } = await generate('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { publicPem: publicKey, privatePem: privateKey };
}
