/** The identity of an object inside its resource: `namespace/name`, or `name` for cluster-scoped objects. Only keys enter queues. */
export type Key = string;

/** Names one object for the API: `namespace` is left out for cluster-scoped resources. */
export interface ObjectRef {
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** The part of metadata that the machine room itself reads. */
export interface Identified {
  readonly metadata?: {
    readonly namespace?: string | undefined;
    readonly name?: string | undefined;
    readonly resourceVersion?: string | undefined;
    readonly uid?: string | undefined;
  };
}

/** The key of a reference. */
export const keyOf = ({ namespace, name }: ObjectRef): Key => (namespace === undefined ? name : `${namespace}/${name}`);

/** The key of an object as the API server sent it (which always carries a name). */
export const keyOfObject = ({ metadata }: Identified): Key => {
  const name = metadata?.name ?? '';
  return metadata?.namespace === undefined ? name : `${metadata.namespace}/${name}`;
};

/** The reference behind a key. Names never contain a slash (Kubernetes DNS names), so the first one separates. */
export function refOf(key: Key): ObjectRef {
  const slash = key.indexOf('/');
  return slash === -1 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** The namespace of a key; empty for cluster-scoped objects. */
export const namespaceOf = (key: Key): string => {
  const slash = key.indexOf('/');
  return slash === -1 ? '' : key.slice(0, slash);
};
