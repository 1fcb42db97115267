/** The object without some of its keys. */
export const omit = <T extends object, K extends keyof T & string>(value: T, keys: readonly K[]): Omit<T, K> =>
  // What is left of the entries are those of the other keys.
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.some((left) => left === key))) as Omit<T, K>;
