import { type KeyPair, rsaKeyPair } from '../../../certificates/key-pair.ts';

/** Key pairs that are made before they are needed: an RSA key takes a good part of a second. */
export interface KeyPool {
  readonly take: () => Promise<KeyPair>;
}

/** Always has one key pair in the making. */
export function createKeyPool(): KeyPool {
  let next = rsaKeyPair(2048);
  return {
    take: () => {
      const taken = next;
      next = taken.then(() => rsaKeyPair(2048));
      return taken;
    },
  };
}
