import type { Pod, PodSpec } from '../../api/kubernetes.ts';
import { equalJson } from './equal-json.ts';

/** Sets fields of the pod's spec. */
export const withSpec = (pod: Pod, fields: Partial<PodSpec>): Pod => ({
  ...pod,
  spec: { ...pod.spec, containers: pod.spec?.containers ?? [], ...fields },
});

/** Puts items into a list by key: one with the same key is replaced where it stands, the others go to the end. */
export function putByKey<T>(existing: readonly T[] | undefined, added: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map((existing ?? []).map((item) => [keyOf(item), item]));
  for (const item of added) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}

/** Appends the items that the list does not have yet. */
export const appendMissing = <T>(existing: readonly T[] | undefined, added: readonly T[]): T[] =>
  added.reduce<T[]>(
    (list, item) => (list.some((present) => equalJson(present, item)) ? list : [...list, item]),
    [...(existing ?? [])],
  );
