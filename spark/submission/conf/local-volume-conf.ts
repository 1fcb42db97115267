import type { Volume, VolumeMount } from '../../../api/kubernetes.ts';
import type { SparkApplication, SparkPodSpec } from '../../../api/sparkapplication.ts';
import { LOCAL_DIR_PREFIX, sparkVolume } from '../../mutation/spark-mounted-volume.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { given } from './conf-entries.ts';

/** Scratch volumes of one role as `<volumesPrefix><type>.<name>.…` properties. */
export const localVolumeConf = (
  { spec: { volumes } }: SparkApplication,
  { volumeMounts }: SparkPodSpec,
  volumesPrefix: string,
): ConfEntry[] =>
  (volumeMounts ?? [])
    .filter(({ name }) => name.startsWith(LOCAL_DIR_PREFIX))
    .flatMap((mount) => {
      const volume = volumes?.find(({ name }) => name === mount.name);
      return volume === undefined ? [] : mountedVolume(volume, mount, volumesPrefix);
    });

function mountedVolume(volume: Volume, mount: VolumeMount, volumesPrefix: string): ConfEntry[] {
  const source = sparkVolume(volume);
  if (source === undefined) return [];
  const prefix = `${volumesPrefix}${source.type}.${volume.name}.`;
  return [
    [`${prefix}mount.path`, mount.mountPath],
    ...given(`${prefix}mount.subPath`, mount.subPath),
    ...given(`${prefix}mount.readOnly`, mount.readOnly),
    ...source.options.map(([key, value]): ConfEntry => [`${prefix}options.${key}`, value]),
  ];
}
