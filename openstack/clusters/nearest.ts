/** More names than these help nobody. */
const MOST = 3;

/**
 * The known names that resemble a wanted one, best first, at most three: those that a few slips of the finger make of it, and
 * those of which it is a part. Upper and lower case count as the same. Empty when nothing resembles it.
 */
export function nearest(wanted: string, known: readonly string[]): readonly string[] {
  const want = wanted.toLowerCase();
  const tolerated = Math.max(1, Math.floor(want.length / 3));
  return [...new Set(known)]
    .map((name) => ({ name, distance: distanceTo(want, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= tolerated)
    .toSorted((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** A part of a name is as near as one slip. */
const distanceTo = (want: string, name: string): number =>
  want.length > 1 && name.includes(want) ? Math.min(1, slips(want, name)) : slips(want, name);

/** How many letters must be put in, left out or replaced to make one text of the other (Levenshtein's distance). */
function slips(one: string, other: string): number {
  const letters = Array.from(other);
  let above = [0, ...letters.map((_, column) => column + 1)];
  for (const [row, letter] of Array.from(one).entries()) {
    const current = [row + 1];
    for (const [column, otherLetter] of letters.entries()) {
      const replaced = (above[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above.at(-1) ?? 0;
}
