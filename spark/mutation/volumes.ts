import type { Container, VolumeMount } from '../../api/kubernetes.ts';
import type { SparkPodSpec } from '../../api/sparkapplication.ts';
import { withMounts, withVolumes } from './mount.ts';
import type { Mutator } from './mutator.ts';
import { isSparkMounted } from './spark-mounted-volume.ts';

/**
 * `volumes` and `volumeMounts`: the mounts of the role, and of `volumes` those that the role's Spark container, sidecars or
 * init containers mount. Scratch volumes that Spark mounts itself (`spark-local-dir-…`) are left to it.
 */
export const addVolumes: Mutator = (pod, { app, fields }) => {
  const ours = (app.spec.volumes ?? []).filter((volume) => !isSparkMounted(volume));
  const mounted = new Set(mountsOf(fields).map(({ name }) => name));
  const withOurs = withVolumes(
    pod,
    ours.filter(({ name }) => mounted.has(name)),
  );
  const present = new Set((withOurs.spec?.volumes ?? []).map(({ name }) => name));
  const leftToSpark = new Set((app.spec.volumes ?? []).filter(isSparkMounted).map(({ name }) => name));
  return withMounts(
    withOurs,
    (fields.volumeMounts ?? []).filter(({ name }) => present.has(name) && !leftToSpark.has(name)),
  );
};

const mountsOf = ({ volumeMounts, sidecars, initContainers }: SparkPodSpec): readonly VolumeMount[] => [
  ...(volumeMounts ?? []),
  ...[...(sidecars ?? []), ...(initContainers ?? [])].flatMap(({ volumeMounts: mounts }: Container) => mounts ?? []),
];
