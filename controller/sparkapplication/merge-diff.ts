/** An RFC 7386 merge patch. */
export type MergePatch = Readonly<Record<string, unknown>>;

/**
 * The RFC 7386 merge patch that turns `before` into `after`, or undefined when they are equal. Objects are compared member
 * by member, a member that went is `null`, a list that differs is sent whole. Both are JSON; an undefined or null member
 * counts as absent.
 */
export function mergeDiff(before: object, after: object): MergePatch | undefined {
  const from = membersOf(before);
  const to = membersOf(after);
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    const change = memberDiff(from.get(key), to.get(key));
    if (change !== undefined) patch[key] = change;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** Whether two pieces of JSON say the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b || (isAbsent(a) && isAbsent(b))) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  return isMap(a) && isMap(b) && mergeDiff(a, b) === undefined;
}

function memberDiff(before: unknown, after: unknown): unknown {
  if (isAbsent(after)) return isAbsent(before) ? undefined : null;
  if (isMap(after) && isMap(before)) return mergeDiff(before, after);
  return sameJson(before, after) ? undefined : after;
}

const membersOf = (object: object): ReadonlyMap<string, unknown> => new Map(Object.entries(object));

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
