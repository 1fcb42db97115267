import type { Container, Pod, ResourceQuota } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { NativePlan } from '../submission/plan.ts';
import { multiplied, sumOf } from './amounts.ts';
import { exceededIn, hardOf } from './exceeded.ts';
import { podAmounts } from './pod-amounts.ts';
import { objectAmounts, plannedPods, type PlannedPods } from './required.ts';
import { countsPod, scopesOf } from './scopes.ts';

/** What the quotas of a namespace mean for an application; three kinds of one-line messages. */
export interface QuotaFindings {
  /** It would not get what it starts with. */
  readonly cannotStart: readonly string[];
  /** It starts, and dynamic allocation cannot reach its maximum. */
  readonly cannotGrow: readonly string[];
  /** A quota wants every container to say something that ours does not; a LimitRange may say it instead. */
  readonly unsaid: readonly string[];
}

/**
 * Compares a plan with the quotas of its namespace, each with the pods that its scopes select. Meant for an application
 * that has not started: of one that runs, the quotas count the pods already.
 */
export function quotaFindings(
  plan: NativePlan,
  app: SparkApplication,
  quotas: readonly ResourceQuota[],
): QuotaFindings {
  const pods = plannedPods(plan, app);
  const objects = objectAmounts(plan, app);
  const needs = (quota: ResourceQuota, countOf: (pods: PlannedPods) => number): readonly string[] => {
    const counted = pods.filter(({ pod }) => countsPod(quota, pod));
    const amounts = counted.map((planned) => multiplied(podAmounts(planned.pod), countOf(planned)));
    return exceededIn(quota, sumOf([...amounts, scopesOf(quota).length === 0 ? objects : {}]));
  };
  const cannotStart = quotas.flatMap((quota) => needs(quota, ({ first }) => first));
  const grown = quotas.flatMap((quota) => needs(quota, ({ first, most }) => most ?? first));
  return {
    cannotStart,
    cannotGrow:
      cannotStart.length > 0 ? [] : grown.map((text) => `${text} when dynamic allocation grows to its maximum`),
    unsaid: quotas.flatMap((quota) => pods.flatMap(({ pod }) => (countsPod(quota, pod) ? unsaidOf(quota, pod) : []))),
  };
}

/** Resources of which a quota wants every container to speak. */
const wanted: Readonly<Record<string, readonly ['requests' | 'limits', 'cpu' | 'memory']>> = {
  cpu: ['requests', 'cpu'],
  memory: ['requests', 'memory'],
  'requests.cpu': ['requests', 'cpu'],
  'requests.memory': ['requests', 'memory'],
  'limits.cpu': ['limits', 'cpu'],
  'limits.memory': ['limits', 'memory'],
};

const unsaidOf = (quota: ResourceQuota, { spec: podSpec }: Pod): readonly string[] =>
  Object.keys(hardOf(quota)).flatMap((resource) => {
    const want = wanted[resource];
    if (want === undefined) return [];
    return [...(podSpec?.containers ?? []), ...(podSpec?.initContainers ?? [])]
      .filter((container) => !says(container, want))
      .map(
        ({ name }) =>
          `ResourceQuota ${quota.metadata?.name ?? ''} counts ${resource}, and container ${name} has no ${want[0]}.${want[1]}: unless a LimitRange sets it, its pods are refused`,
      );
  });

/** A limit is a request, too. */
const says = ({ resources }: Container, [kind, name]: readonly ['requests' | 'limits', 'cpu' | 'memory']): boolean =>
  resources?.[kind]?.[name] !== undefined || (kind === 'requests' && resources?.limits?.[name] !== undefined);
