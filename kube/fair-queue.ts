import { namespaceOf, type Key } from './key.ts';

/** First in, first out within a namespace; the namespaces take turns, however long their lines are. */
export interface FairQueue {
  push(key: Key): void;
  /** The next key; undefined when empty. */
  shift(): Key | undefined;
  readonly size: number;
}

interface Line {
  keys: Key[];
  head: number;
}

/** An empty queue. It does not look for duplicates: its owner does. */
export function fairQueue(): FairQueue {
  // A Map keeps the order of insertion: its first entry is the namespace whose turn it is.
  const lines = new Map<string, Line>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    push: (key) => {
      const namespace = namespaceOf(key);
      const line = lines.get(namespace);
      if (line === undefined) lines.set(namespace, { keys: [key], head: 0 });
      else line.keys.push(key);
      size += 1;
    },
    shift: () => {
      for (const [namespace, line] of lines) {
        const key = line.keys[line.head];
        line.head += 1;
        size -= 1;
        lines.delete(namespace);
        if (line.head < line.keys.length) lines.set(namespace, compact(line));
        return key;
      }
      return undefined;
    },
  };
}

/** Drops the keys already taken when they are the greater part of a long line. */
function compact(line: Line): Line {
  if (line.head > 256 && line.head * 2 > line.keys.length) {
    line.keys = line.keys.slice(line.head);
    line.head = 0;
  }
  return line;
}
