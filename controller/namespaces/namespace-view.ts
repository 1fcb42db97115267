import type { Namespace } from '../../api/kubernetes.ts';
import type { StringMap } from '../../api/scalars.ts';

/** What is kept of a namespace. */
export interface NamespaceView {
  readonly name: string;
  readonly labels: StringMap;
  /** Under deletion: nothing can be created in it any more. */
  readonly deleting: boolean;
}

/** What the API server puts on every namespace: its name. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespaceView = ({ metadata }: Namespace): NamespaceView => ({
  name: metadata?.name ?? '',
  labels: metadata?.labels ?? {},
  deleting: metadata?.deletionTimestamp !== undefined,
});

/** A namespace of which nothing is known but its name. */
export const unknownNamespace = (name: string): NamespaceView => ({
  name,
  labels: { [NAME_LABEL]: name },
  deleting: false,
});
