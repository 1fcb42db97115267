import type { Key } from '../../kube/key.ts';
import type { ExecutorStates } from './executors.ts';
import type { PodView } from './pod-view.ts';

/**
 * What a process remembers of an application beside the API server's state. All of it may be lost: it saves reads and
 * writes and sharpens reasons, but no promise rests on it.
 */
export interface Memory {
  /** The driver pod as it was last seen, when it has been deleted. */
  goneDriver?: PodView;
  /** Changes of executors that wait to be written together: since when (epoch milliseconds), and what has been seen. */
  heldExecutors?: { readonly since: number; readonly submissionId: string; readonly states: ExecutorStates };
  /** The kubelet's warnings about a driver pod that does not start, and when to look again. */
  warnings?: {
    readonly uid: string;
    readonly messages: readonly string[];
    readonly looks: number;
    readonly nextLookAt: number;
  };
  /** Hash of the specification, by the generation it was computed for. */
  specHash?: { readonly uid: string; readonly generation: number; readonly hash: string };
}

/** Memories by key; one is made when asked for. */
export interface Memories {
  of(key: Key): Memory;
  forget(key: Key): void;
}

export function createMemories(): Memories {
  const known = new Map<Key, Memory>();
  return {
    of: (key) => {
      const memory = known.get(key) ?? {};
      known.set(key, memory);
      return memory;
    },
    forget: (key) => void known.delete(key),
  };
}
