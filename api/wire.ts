/**
 * A generated Kubernetes model as it travels in JSON: every Date is an RFC 3339 string, and nothing may be written to.
 * The API server guarantees the shape; `readonly` keeps objects of the informer caches unshared and unchanged.
 */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Wire<T[Key]> }
      : T;
