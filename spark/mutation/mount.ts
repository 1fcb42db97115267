import type { Pod, Volume, VolumeMount } from '../../api/kubernetes.ts';
import { putByKey, withSpec } from './pod-edit.ts';
import { mapSparkContainer } from './spark-container.ts';

/** Adds volumes to the pod by name. */
export const withVolumes = (pod: Pod, volumes: readonly Volume[]): Pod =>
  volumes.length === 0 ? pod : withSpec(pod, { volumes: putByKey(pod.spec?.volumes, volumes, ({ name }) => name) });

/** A path without slashes at its end, by which mounts are compared. */
export function plainPath(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** Adds mounts to Spark's container: one at the same path is replaced, for a path can be mounted once only. */
export const withMounts = (pod: Pod, mounts: readonly VolumeMount[]): Pod =>
  mounts.length === 0
    ? pod
    : mapSparkContainer(pod, (container) => ({
        ...container,
        volumeMounts: putByKey(container.volumeMounts, mounts, ({ mountPath }) => plainPath(mountPath)),
      }));

/** Adds a ConfigMap as a read-only folder. */
export const withConfigMap = (pod: Pod, volume: string, configMap: string, mountPath: string): Pod =>
  withMounts(withVolumes(pod, [{ name: volume, configMap: { name: configMap } }]), [
    { name: volume, mountPath, readOnly: true },
  ]);
