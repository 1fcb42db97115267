import type { Container, Pod, PodSpec } from '../../api/kubernetes.ts';
import { mapSparkContainer, sparkContainerOf } from '../mutation/spark-container.ts';

/** A pod together with what it will get from elsewhere: maps and lists of the one behind those of the other. For looking things up only. */
export function overlaid(pod: Pod, said: Pod): Pod {
  const container = sparkContainerOf(said);
  const together: Pod = {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: { ...pod.metadata?.labels, ...said.metadata?.labels },
      annotations: { ...pod.metadata?.annotations, ...said.metadata?.annotations },
    },
    spec: specTogether(pod.spec, said.spec),
  };
  return container === undefined ? together : mapSparkContainer(together, (own) => withContainer(own, container));
}

const specTogether = (spec: PodSpec = { containers: [] }, said: Partial<PodSpec> = {}): PodSpec => ({
  ...spec,
  volumes: joined(spec.volumes, said.volumes),
  nodeSelector: { ...spec.nodeSelector, ...said.nodeSelector },
  imagePullSecrets: joined(spec.imagePullSecrets, said.imagePullSecrets),
});

const withContainer = (own: Container, { env, volumeMounts }: Container): Container => ({
  ...own,
  env: joined(own.env, env),
  volumeMounts: joined(own.volumeMounts, volumeMounts),
});

/** What a template leaves open may be null. */
const joined = <T>(first: readonly T[] | null | undefined, second: readonly T[] | undefined): readonly T[] => [
  ...(first ?? []),
  ...(second ?? []),
];
