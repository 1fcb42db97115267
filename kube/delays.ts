import type { Key } from './key.ts';

/** Keys that wait for a time. A key waits once: the earliest time it was given counts. */
export interface Delays {
  set(key: Key, dueMs: number): void;
  /** Takes out a key that is due; undefined when none is. */
  takeDue(nowMs: number): Key | undefined;
  /** When the next key is due. */
  next(): number | undefined;
  readonly size: number;
}

interface Entry {
  readonly key: Key;
  readonly dueMs: number;
}

/** A binary heap; entries that were overtaken by an earlier time stay in it until they surface. */
export function delays(): Delays {
  const due = new Map<Key, number>();
  const heap: Entry[] = [];
  const isStale = ({ key, dueMs }: Entry): boolean => due.get(key) !== dueMs;
  const top = (): Entry | undefined => {
    while (heap[0] !== undefined && isStale(heap[0])) pop(heap);
    return heap[0];
  };
  return {
    set: (key, dueMs) => {
      const known = due.get(key);
      if (known !== undefined && known <= dueMs) return;
      due.set(key, dueMs);
      push(heap, { key, dueMs });
    },
    takeDue: (nowMs) => {
      const first = top();
      if (first === undefined || first.dueMs > nowMs) return undefined;
      pop(heap);
      due.delete(first.key);
      return first.key;
    },
    next: () => top()?.dueMs,
    get size() {
      return due.size;
    },
  };
}

const NEVER = Number.POSITIVE_INFINITY;
const dueAt = (heap: readonly Entry[], index: number): number => heap[index]?.dueMs ?? NEVER;

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const above = (index - 1) >> 1;
    if (dueAt(heap, above) <= entry.dueMs) return;
    swap(heap, above, index);
    index = above;
  }
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  for (let index = 0; ;) {
    const left = 2 * index + 1;
    const least = dueAt(heap, left + 1) < dueAt(heap, left) ? left + 1 : left;
    if (dueAt(heap, least) >= last.dueMs) return;
    swap(heap, index, least);
    index = least;
  }
}

function swap(heap: Entry[], one: number, other: number): void {
  const [a, b] = [heap[one], heap[other]];
  if (a === undefined || b === undefined) return;
  heap[one] = b;
  heap[other] = a;
}
