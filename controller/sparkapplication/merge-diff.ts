/** An RFC 7386 merge patch. */
export type MergePatch = Readonly<Record<string, unknown>>;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The RFC 7386 merge patch that turns `before` into `after`, or undefined when they are equal. Objects are compared member
 * by member, a member that went is `null`, a list that differs is sent whole. Both are JSON; an undefined or null member
 * counts as absent.
 */
export function mergeDiff(before: object, after: object): MergePatch | undefined {
  // Both are objects of JSON: every member is an own, enumerable one.
  return objectDiff(before as JsonObject, after as JsonObject);
}

/** Whether two pieces of JSON say the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b || (isAbsent(a) && isAbsent(b))) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  return isObject(a) && isObject(b) && objectDiff(a, b) === undefined;
}

function objectDiff(before: JsonObject, after: JsonObject): MergePatch | undefined {
  if (before === after) return undefined;
  const changes: [string, unknown][] = [];
  for (const key of Object.keys(after)) {
    const change = memberDiff(before[key], after[key]);
    if (change !== undefined) changes.push([key, change]);
  }
  for (const key of Object.keys(before)) {
    if (!(key in after) && !isAbsent(before[key])) changes.push([key, null]);
  }
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

function memberDiff(before: unknown, after: unknown): unknown {
  if (before === after) return undefined;
  if (isAbsent(after)) return isAbsent(before) ? undefined : null;
  if (isObject(after) && isObject(before)) return objectDiff(before, after);
  return sameJson(before, after) ? undefined : after;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
