import type { MaterialStore, StoredData } from '../../certificates/material-store.ts';

/** A store in memory, for a dry run: empty at first. */
export function memoryStore(): MaterialStore {
  let stored: StoredData | undefined;
  let writes = 0;
  return {
    read: () => Promise.resolve(stored),
    write: (data, previous) => {
      if (previous?.version !== stored?.version) return Promise.resolve(false);
      stored = { data, version: String((writes += 1)) };
      return Promise.resolve(true);
    },
  };
}
