import type { StringMap } from '../../api/scalars.ts';
import type { LabelSelectorRequirement } from '../../api/sparkpoddefaults.ts';
import { matchesLabels } from '../../spark/pod-defaults/label-selector.ts';
import type { Scope } from '../operator/scope.ts';

/** What keeps an operator from seeing a namespace, and how it can be mended. */
export type Admission =
  | { readonly kind: 'seen' }
  /** These labels on the namespace do it. */
  | { readonly kind: 'labels'; readonly labels: StringMap }
  /** The operator has to be told: a list of namespaces is one of its values. */
  | { readonly kind: 'listed'; readonly namespaces: readonly string[] }
  /** The namespace carries a label that the selector refuses. */
  | { readonly kind: 'refused'; readonly key: string };

/** How a namespace gets into the scope of an operator. */
export function admissionOf(scope: Scope, name: string, labels: StringMap): Admission {
  if (scope.kind === 'all') return { kind: 'seen' };
  if (scope.kind === 'listed') {
    const { namespaces } = scope;
    return namespaces.includes(name) ? { kind: 'seen' } : { kind: 'listed', namespaces: [...namespaces, name] };
  }
  const { matchExpressions = [] } = scope.selector;
  const unmet = matchExpressions.filter((requirement) => !matchesLabels({ matchExpressions: [requirement] }, labels));
  if (unmet.length === 0) return { kind: 'seen' };
  const refusing = unmet.find(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist');
  if (refusing !== undefined) return { kind: 'refused', key: refusing.key };
  return { kind: 'labels', labels: Object.fromEntries(unmet.map(labelFor)) };
}

/** The first value that will do; a label that only has to exist says that it is meant. */
const labelFor = ({ key, values = [] }: LabelSelectorRequirement): [string, string] => [key, values[0] ?? 'true'];
