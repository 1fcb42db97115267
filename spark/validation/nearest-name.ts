/** Longer keys are no slip of a finger, and comparing them would cost time. */
const MAX_LENGTH = 64;

/** The name that was probably meant by `word`: equal but for case, or at most a few letters away. */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  const lower = word.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const distance = distanceOf(lower, name.toLowerCase());
    if (distance <= slipsIn(name) && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name;
}

/** One slip in a short name, two or three in a long one. */
const slipsIn = (name: string): number => Math.min(3, Math.max(1, Math.floor(name.length / 4)));

/** Letters to insert, remove or change to make one of the other (Levenshtein). */
function distanceOf(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 3) return Infinity;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const changed = at(row, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(at(row, j) + 1, at(next, j - 1) + 1, changed));
    }
    row = next;
  }
  return at(row, to.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
