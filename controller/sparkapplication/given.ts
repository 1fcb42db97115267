/** The members of `T` that may be undefined, as members that may be absent. */
type Given<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Only the members that have a value: for optional fields, which are absent rather than undefined. */
export function given<T extends object>(members: T): Given<T> {
  const copy: Partial<T> = { ...members };
  for (const key of Object.keys(copy)) {
    if (Reflect.get(copy, key) === undefined) Reflect.deleteProperty(copy, key);
  }
  // What is left has no undefined member: that is what Given says.
  return copy as Given<T>;
}
