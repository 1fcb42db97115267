/**
 * A number from 0 up to 1 that depends on the text alone (FNV-1a): jitter that is spread over applications and yet the same
 * whenever it is asked for again.
 */
export function hashedShare(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}
