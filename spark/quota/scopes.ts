import type { Container, Pod, ResourceQuota } from '../../api/kubernetes.ts';

/** One condition under which a quota counts a pod (Kubernetes' `ScopedResourceSelectorRequirement`). */
interface Scope {
  readonly scopeName: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The scopes of a quota, in both ways of writing them; none means that it counts everything. */
export const scopesOf = ({ spec }: ResourceQuota): readonly Scope[] => [
  ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists', values: [] })),
  ...(spec?.scopeSelector?.matchExpressions ?? []).map(({ scopeName, operator, values }) => ({
    scopeName,
    operator,
    values: values ?? [],
  })),
];

/** Whether a quota counts a pod: all of its scopes match. A scope that is not about pods matches none. */
export const countsPod = (quota: ResourceQuota, pod: Pod): boolean =>
  scopesOf(quota).every((scope) => matchers[scope.scopeName]?.(pod, scope) ?? false);

type Matcher = (pod: Pod, scope: Scope) => boolean;

const hasDeadline: Matcher = ({ spec }) => (spec?.activeDeadlineSeconds ?? -1) >= 0;

const matchers: Readonly<Record<string, Matcher>> = {
  BestEffort: (pod) => isBestEffort(pod),
  NotBestEffort: (pod) => !isBestEffort(pod),
  Terminating: hasDeadline,
  NotTerminating: (pod, scope) => !hasDeadline(pod, scope),
  PriorityClass: ({ spec }, scope) => matchesClass(spec?.priorityClassName ?? '', scope),
  CrossNamespacePodAffinity: (pod) => looksElsewhere(pod),
};

/** No container asks for CPU or memory. Spark's always does. */
const isBestEffort = ({ spec }: Pod): boolean =>
  [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].every((container) => !asks(container));

const asks = ({ resources }: Container): boolean =>
  [resources?.requests, resources?.limits].some(
    (named) => named?.['cpu'] !== undefined || named?.['memory'] !== undefined,
  );

function matchesClass(name: string, { operator, values }: Scope): boolean {
  switch (operator) {
    case 'In':
      return values.includes(name);
    case 'NotIn':
      return !values.includes(name);
    case 'DoesNotExist':
      return name === '';
    default:
      return name !== '';
  }
}

/** Affinity to pods of other namespaces. */
function looksElsewhere({ spec }: Pod): boolean {
  const { podAffinity, podAntiAffinity } = spec?.affinity ?? {};
  const terms = [podAffinity, podAntiAffinity].flatMap((affinity) => [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => term.podAffinityTerm),
  ]);
  return terms.some(
    ({ namespaces, namespaceSelector }) => (namespaces ?? []).length > 0 || namespaceSelector !== undefined,
  );
}
