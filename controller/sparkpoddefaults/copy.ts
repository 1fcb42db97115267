import { createHash } from 'node:crypto';
import type { ConfigMap, ObjectMeta, Secret } from '../../api/kubernetes.ts';
import { ANNOTATION_PROPAGATED_FROM, LABEL_MANAGED_BY, LABEL_PROPAGATED_BY, MANAGED_BY } from '../../api/labels.ts';
import { given } from '../sparkapplication/given.ts';
import { mergeDiff } from '../sparkapplication/merge-diff.ts';
import type { WantedCopy } from './wanted-copies.ts';

/** What is copied of a Secret or ConfigMap: its content, and the type of a Secret. Never logged. */
export interface Content {
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** A Secret or ConfigMap on the wire. */
export type Copied = Secret | ConfigMap;

/** The content of an original or of a copy. */
export const contentOf = (object: Copied): Content =>
  given({
    type: 'type' in object ? object.type : undefined,
    data: object.data,
    binaryData: 'binaryData' in object ? object.binaryData : undefined,
  });

/** Where a copy belongs. */
export interface Place {
  /** The job namespace. */
  readonly namespace: string;
  readonly operatorNamespace: string;
}

/** The copy as it should be. */
export const copyOf = (
  wanted: WantedCopy,
  content: Content,
  place: Place,
): Content & { readonly metadata: ObjectMeta } => ({
  metadata: {
    name: wanted.name,
    namespace: place.namespace,
    labels: { [LABEL_MANAGED_BY]: MANAGED_BY, [LABEL_PROPAGATED_BY]: askerOf(wanted) },
    annotations: { [ANNOTATION_PROPAGATED_FROM]: originOf(wanted, place) },
  },
  ...content,
});

/** A label value for the first of those who ask: a name of an object may be longer than a label value. */
const askerOf = ({ by: [first = ''] }: WantedCopy): string =>
  createHash('sha256').update(first.replace('/', '.')).digest('hex').slice(0, 32);

const originOf = ({ name }: { readonly name: string }, { operatorNamespace }: Place): string =>
  `${operatorNamespace}/${name}`;

/** Whether an object is a copy that this operator made of its own object of that name. */
export const isCopy = ({ metadata }: Copied, name: string, place: Place): boolean =>
  metadata?.labels?.[LABEL_MANAGED_BY] === MANAGED_BY &&
  metadata.labels[LABEL_PROPAGATED_BY] !== undefined &&
  metadata.annotations?.[ANNOTATION_PROPAGATED_FROM] === originOf({ name }, place);

/** How to make a copy that is there as it should be. */
export type Repair =
  | { readonly kind: 'None' }
  | { readonly kind: 'Patch'; readonly patch: object }
  /** The API server lets neither the type of a Secret nor an immutable object change. */
  | { readonly kind: 'Replace' };

/** Compares a copy with what it should be. Labels and annotations that others put on it stay. Pure. */
export function repairOf(there: Copied, wanted: WantedCopy, content: Content, place: Place): Repair {
  const { metadata, ...should } = copyOf(wanted, content, place);
  const is = contentOf(there);
  const difference = mergeDiff({ data: {}, binaryData: {}, ...is }, { data: {}, binaryData: {}, ...should });
  const marks = mergeDiff(marksOf(there.metadata), {
    labels: { ...there.metadata?.labels, ...metadata.labels },
    annotations: { ...there.metadata?.annotations, ...metadata.annotations },
  });
  if (difference === undefined && marks === undefined) return { kind: 'None' };
  const isFixed = there.immutable === true || is.type !== should.type;
  if (difference !== undefined && isFixed) return { kind: 'Replace' };
  const { resourceVersion } = there.metadata ?? {};
  return { kind: 'Patch', patch: { ...difference, metadata: { resourceVersion, ...marks } } };
}

const marksOf = (metadata: ObjectMeta | undefined): object => ({
  labels: metadata?.labels ?? {},
  annotations: metadata?.annotations ?? {},
});
