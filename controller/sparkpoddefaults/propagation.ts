import { done, type Result } from '../../kube/reconcile.ts';
import { makeCopy, removeCopy, type Copying, type CopyOutcome } from './copying.ts';
import type { Inventories } from './inventory.ts';
import { objectId } from './named-objects.ts';
import type { WantedCopy } from './wanted-copies.ts';

/** Copies are read again so often, because nobody tells when they are edited or deleted: the operator may not watch them. */
export const RECHECK_MS = 600_000;

/** What could not be copied or removed is tried again so soon: rights and originals come late. */
export const RETRY_MS = 30_000;

/** What came of the copies of one namespace, by `Secret/name`. */
export type Outcomes = ReadonlyMap<string, CopyOutcome>;

export interface PropagationWorld extends Pick<Copying, 'client' | 'read'> {
  readonly operatorNamespace: string;
  readonly inventories: Inventories;
  /** What a namespace should hold copies of; undefined when the namespace is gone. */
  readonly wantedIn: (namespace: string) => readonly WantedCopy[] | undefined;
  /** By namespace; written by each pass. */
  readonly outcomes: Map<string, Outcomes>;
}

/**
 * Makes the copies of one job namespace what they should be: writes down which there will be, makes and repairs them, removes
 * those that nobody asks for, writes down what is left. Each step may be repeated. Throws ApiError for broken plumbing.
 */
export async function propagate(world: PropagationWorld, namespace: string): Promise<Result> {
  const { client, read, inventories, operatorNamespace } = world;
  const wanted = world.wantedIn(namespace);
  const known = inventories.of(namespace);
  if (wanted === undefined) inventories.forget(namespace);
  if (wanted === undefined || wanted.length + known.length === 0) {
    world.outcomes.delete(namespace);
    return done;
  }
  const copying = { client, read, place: { namespace, operatorNamespace } };
  const ids = new Set(wanted.map(objectId));
  const stale = known.filter((object) => !ids.has(objectId(object)));
  await inventories.write(namespace, [...wanted, ...stale]);
  const made = await allOf(wanted.map((copy) => makeCopy(copying, copy)));
  const removed = await allOf(stale.map((object) => removeCopy(copying, object)));
  const left = stale.filter((_object, i) => removed[i] === false);
  await inventories.write(namespace, [...wanted, ...left]);
  world.outcomes.set(namespace, outcomesOf(wanted, made));
  if (wanted.length + left.length === 0) return done;
  const isWell = left.length === 0 && made.every(({ kind }) => kind === 'Copied');
  return { requeueAfterMs: isWell ? RECHECK_MS : RETRY_MS };
}

/** All results; the first error, but only when nothing is under way any more. */
async function allOf<T>(doings: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(doings);
  return Promise.all(doings);
}

const outcomesOf = (wanted: readonly WantedCopy[], made: readonly CopyOutcome[]): Outcomes =>
  new Map(wanted.flatMap((copy, i) => made.slice(i, i + 1).map((outcome) => [objectId(copy), outcome] as const)));
