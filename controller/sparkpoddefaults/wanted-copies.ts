import type { StringMap } from '../../api/scalars.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { matchesLabels } from '../../spark/pod-defaults/label-selector.ts';
import { namedObjects, objectId, type NamedObject } from './named-objects.ts';

/** A copy that a job namespace should hold. */
export interface WantedCopy extends NamedObject {
  /** `<namespace>/<name>` of the SparkPodDefaults that ask for it, sorted; never empty. */
  readonly by: readonly string[];
}

/** Namespaces that are never copied into, whatever the selectors say. */
const SYSTEM: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** Whether defaults have their Secrets and ConfigMaps copied at all: only those of the operator's namespace can. */
export const propagates = ({ metadata, spec }: SparkPodDefaults, operatorNamespace: string): boolean =>
  spec.propagate === true && metadata.namespace === operatorNamespace;

/** A job namespace that may get copies. */
export interface Target {
  readonly name: string;
  readonly labels: StringMap;
}

/** Whether these defaults ask for copies in that namespace. */
export const selects = (defaults: SparkPodDefaults, { name, labels }: Target, operatorNamespace: string): boolean =>
  propagates(defaults, operatorNamespace) &&
  name !== operatorNamespace &&
  !SYSTEM.has(name) &&
  matchesLabels(defaults.spec.namespaceSelector, labels);

/** What one job namespace should hold copies of, and who asks for each. Pure. */
export function wantedCopies(
  all: readonly SparkPodDefaults[],
  target: Target,
  operatorNamespace: string,
): readonly WantedCopy[] {
  const wanted = new Map<string, NamedObject & { by: string[] }>();
  for (const defaults of all.filter((one) => selects(one, target, operatorNamespace))) {
    const asking = `${defaults.metadata.namespace}/${defaults.metadata.name}`;
    for (const object of namedObjects(defaults.spec)) {
      const known = wanted.get(objectId(object));
      if (known === undefined) wanted.set(objectId(object), { ...object, by: [asking] });
      else known.by.push(asking);
    }
  }
  return [...wanted.values()].map(({ by, ...object }) => ({ ...object, by: by.sort() }));
}
