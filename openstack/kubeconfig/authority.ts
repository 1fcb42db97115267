import { readBundle } from '../../certificates/pem.ts';

/** True when every authority that Magnum names now is in a bundle that was stored: else it was rotated since. */
export function knowsAuthority(storedPem: string, currentPem: string): boolean {
  const known = new Set(readBundle(storedPem).map(({ fingerprint256 }) => fingerprint256));
  const current = readBundle(currentPem);
  return current.length > 0 && current.every(({ fingerprint256 }) => known.has(fingerprint256));
}
