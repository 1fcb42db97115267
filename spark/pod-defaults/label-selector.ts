import type { StringMap } from '../../api/scalars.ts';
import type { LabelSelector, LabelSelectorRequirement } from '../../api/sparkpoddefaults.ts';

/**
 * True if labels meet every demand of a selector, as Kubernetes reads it (`metav1.LabelSelectorAsSelector`): an unset or
 * empty one takes everything, NotIn also takes a label that is not there. An operator that nobody knows takes nothing.
 */
export function matchesLabels(selector: LabelSelector | undefined, labels: StringMap): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((requirement) => meets(requirement, labels))
  );
}

function meets({ key, operator, values = [] }: LabelSelectorRequirement, labels: StringMap): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
