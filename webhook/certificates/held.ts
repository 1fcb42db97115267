import { createHash } from 'node:crypto';
import { isKeyOf } from '../../certificates/inspect.ts';
import type { Material } from '../../certificates/material.ts';
import { readBundle } from '../../certificates/pem.ts';
import { signed, validityOf } from '../../certificates/verify.ts';
import type { Servable } from './serving.ts';

/** A certificate with what must be known of it as long as it is served. */
export interface Held extends Servable {
  /** The authorities that the Secret named beside it. */
  readonly authoritiesPem: string;
  /** End of the authority that signed it; undefined when the Secret does not hold that. */
  readonly authorityEndsMs: number | undefined;
}

/** Undefined when certificate or key cannot be read, or do not belong together: a TLS server would refuse them. */
export function heldOf({ certificatePem, keyPem, authoritiesPem }: Material): Held | undefined {
  const leaf = readBundle(certificatePem)[0];
  if (leaf === undefined || !isKeyOf(keyPem, leaf)) return undefined;
  const signer = readBundle(authoritiesPem).find((authority) => signed(authority, leaf));
  return {
    certificatePem,
    keyPem,
    authoritiesPem,
    endsMs: validityOf(leaf).notAfterMs,
    authorityEndsMs: signer === undefined ? undefined : validityOf(signer).notAfterMs,
  };
}

/** A number from 0 to below 1, always the same for one name. */
export const jitterOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
