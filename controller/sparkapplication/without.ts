/** A copy without some of its members. */
export function without<T extends object, K extends keyof T>(object: T, ...dropped: readonly K[]): Omit<T, K> {
  const copy = { ...object };
  for (const key of dropped) Reflect.deleteProperty(copy, key);
  return copy;
}
