import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { CopyOutcome } from './copying.ts';
import { namedObjects, objectId } from './named-objects.ts';
import type { Outcomes } from './propagation.ts';
import { selects, type Target } from './wanted-copies.ts';

/** What came of copying, over all namespaces that some defaults select. */
export interface CopyReport {
  readonly outcomes: readonly { readonly namespace: string; readonly outcome: CopyOutcome }[];
  /** Whether some namespace was not looked at yet. */
  readonly isPending: boolean;
}

/** Gathers what concerns these defaults. Pure. */
export function copyReport(
  defaults: SparkPodDefaults,
  targets: readonly Target[],
  operatorNamespace: string,
  known: ReadonlyMap<string, Outcomes>,
): CopyReport {
  const ids = namedObjects(defaults.spec).map(objectId);
  const looked = targets
    .filter((target) => selects(defaults, target, operatorNamespace))
    .flatMap(({ name: namespace }) => ids.map((id) => ({ namespace, outcome: known.get(namespace)?.get(id) })));
  return {
    outcomes: looked.flatMap(({ namespace, outcome }) => (outcome === undefined ? [] : [{ namespace, outcome }])),
    isPending: looked.some(({ outcome }) => outcome === undefined),
  };
}
