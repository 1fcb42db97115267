import type { Container, EnvFromSource, EnvVar, Pod } from '../../api/kubernetes.ts';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { mapSparkContainer, sparkContainerOf } from '../mutation/spark-container.ts';
import { standOf, type PodEntry } from './pod-entry.ts';

/** `env` by name: of two entries with one name the kubelet takes the last, so that one is what the pod says. */
export const envEntries = ({ env = [] }: SparkPodDefaultsSpec): readonly PodEntry[] =>
  env.map((variable) => ({
    text: `env ${variable.name}`,
    value: variable,
    stand: (pod) =>
      standOf(
        envOf(pod).findLast(({ name }) => name === variable.name),
        variable,
      ),
    add: (pod) => withContainer(pod, { env: [...envOf(pod), variable] }),
  }));

/**
 * `envFrom` by source. Sources stand side by side, and of two with the same key the last wins: so these go to the front,
 * where they lose against what the pod has, in their own order. `env` wins over all of them.
 */
export const envFromEntries = ({ envFrom = [] }: SparkPodDefaultsSpec): readonly PodEntry[] =>
  envFrom.toReversed().map((source) => ({
    text: `envFrom ${sourceText(source)}`,
    value: source,
    stand: (pod) =>
      standOf(
        envFromOf(pod).find((other) => sourceText(other) === sourceText(source)),
        source,
      ),
    add: (pod) => withContainer(pod, { envFrom: [source, ...envFromOf(pod)] }),
  }));

const envOf = (pod: Pod): readonly EnvVar[] => sparkContainerOf(pod)?.env ?? [];
const envFromOf = (pod: Pod): readonly EnvFromSource[] => sparkContainerOf(pod)?.envFrom ?? [];

const withContainer = (pod: Pod, fields: Partial<Container>): Pod =>
  mapSparkContainer(pod, (container) => ({ ...container, ...fields }));

/** Kind, name and prefix of a source. */
function sourceText({ configMapRef, secretRef, prefix }: EnvFromSource): string {
  const source = secretRef === undefined ? `configMap ${configMapRef?.name ?? ''}` : `secret ${secretRef.name ?? ''}`;
  return prefix === undefined || prefix === '' ? source : `${source} as ${prefix}*`;
}
