import type { Container, Pod, PodSpec, Volume } from '../../api/kubernetes.ts';
import { amountOf, mostOf, multiplied, sumOf, type Amounts } from './amounts.ts';

type Kind = 'requests' | 'limits';

/** What a pod counts for in a quota (Kubernetes' pod evaluator): itself, its compute resources, and claims that are made for it. */
export function podAmounts(pod: Pod): Amounts {
  const spec = pod.spec ?? { containers: [] };
  return sumOf([
    { pods: 1, 'count/pods': 1 },
    named(total(spec, 'requests'), 'requests'),
    named(total(spec, 'limits'), 'limits'),
    ...(spec.volumes ?? []).map(claimAmounts),
  ]);
}

/** What is asked for the pod as a whole counts instead of the sum; the overhead of the runtime comes on top. */
function total(spec: PodSpec, kind: Kind): Amounts {
  const containers = { ...containerTotal(spec, kind), ...read(spec.resources?.[kind]) };
  const overhead = read(spec.overhead);
  const counted = kind === 'requests' ? overhead : pick(overhead, Object.keys(containers));
  return sumOf([containers, counted]);
}

/**
 * Containers run side by side, and init containers with `restartPolicy: Always` beside them; the other init containers run
 * one after the other before, next to those restartable ones that were started earlier.
 */
function containerTotal({ containers, initContainers }: PodSpec, kind: Kind): Amounts {
  let beside: Amounts = {};
  const before = (initContainers ?? []).map((container) => {
    const own = ofContainer(container, kind);
    if (container.restartPolicy !== 'Always') return sumOf([own, beside]);
    beside = sumOf([own, beside]);
    return beside;
  });
  const together = sumOf([beside, ...containers.map((container) => ofContainer(container, kind))]);
  return mostOf([together, ...before]);
}

/** The API server takes a limit for the request that is not said. */
const ofContainer = ({ resources }: Container, kind: Kind): Amounts => ({
  ...(kind === 'requests' ? read(resources?.limits) : {}),
  ...read(resources?.[kind]),
});

const read = (quantities: Readonly<Record<string, string>> | undefined): Amounts =>
  Object.fromEntries(Object.entries(quantities ?? {}).map(([name, text]) => [name, amountOf(name, text)]));

const pick = (amounts: Amounts, names: readonly string[]): Amounts =>
  Object.fromEntries(Object.entries(amounts).filter(([name]) => names.includes(name)));

/** Resources that a quota names without `requests.` as well, and those of which it counts limits. */
const plain = /^(cpu|memory|ephemeral-storage|hugepages-.*)$/;
const limited = /^(cpu|memory|ephemeral-storage)$/;

const named = (amounts: Amounts, kind: Kind): Amounts =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([name, amount]) => {
      if (kind === 'limits') return limited.test(name) ? [[`limits.${name}`, amount]] : [];
      return [[`requests.${name}`, amount], ...(plain.test(name) ? [[name, amount]] : [])];
    }),
  ) as Amounts;

/** A generic ephemeral volume has a claim of its own. */
const claimAmounts = ({ ephemeral }: Volume): Amounts => {
  const claim = ephemeral?.volumeClaimTemplate?.spec;
  return claim === undefined ? {} : storageAmounts(claim.storageClassName, claim.resources?.requests?.['storage']);
};

/** What one PersistentVolumeClaim counts for. */
export function storageAmounts(storageClass: string | undefined, size: string | undefined): Amounts {
  const bytes = amountOf('requests.storage', size);
  const plainAmounts = { persistentvolumeclaims: 1, 'count/persistentvolumeclaims': 1, 'requests.storage': bytes };
  const prefix = `${storageClass ?? ''}.storageclass.storage.k8s.io/`;
  return (storageClass ?? '') === ''
    ? plainAmounts
    : { ...plainAmounts, [`${prefix}persistentvolumeclaims`]: 1, [`${prefix}requests.storage`]: bytes };
}

/** The same pod several times. */
export const podsAmounts = (pod: Pod, count: number): Amounts => multiplied(podAmounts(pod), count);
