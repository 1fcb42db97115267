import type { Pod } from '../../api/kubernetes.ts';
import { equalAsStored } from './equal-as-stored.ts';

/** Whether a pod says nothing of an entry, says the same, or says something else. */
export type Stand = 'free' | 'same' | 'taken';

/** One thing that defaults give a pod: one mount, one variable, one label. */
export interface PodEntry {
  /** Kind and key for people, such as `volumeMount /data`; two entries with the same text exclude each other. */
  readonly text: string;
  /** What is given, for comparison. */
  readonly value: unknown;
  readonly stand: (pod: Pod) => Stand;
  /** The pod with the entry, where it is free. */
  readonly add: (pod: Pod) => Pod;
}

/** How something found under the key of an entry compares with what the entry gives. */
export function standOf(found: unknown, wanted: unknown): Stand {
  if (found === undefined || found === null) return 'free';
  return equalAsStored(found, wanted) ? 'same' : 'taken';
}
