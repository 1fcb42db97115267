import type { Pod, Volume, VolumeMount } from '../../api/kubernetes.ts';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { folderVolumeName } from '../mutation/folder-volume-name.ts';
import { plainPath, withMounts, withVolumes } from '../mutation/mount.ts';
import { sparkContainerOf } from '../mutation/spark-container.ts';
import { standOf, type PodEntry, type Stand } from './pod-entry.ts';

/** A mount with its volume: neither is any use without the other, so they come and go together. */
interface Mounted {
  readonly text: string;
  readonly mount: VolumeMount;
  readonly volume: Volume;
}

/** `volumeMounts` with their `volumes`, and `configMaps` and `secrets` as read-only folders. A path is mounted once. */
export const mountEntries = (spec: SparkPodDefaultsSpec): readonly PodEntry[] =>
  [...plainMounts(spec), ...folders(spec)].map(({ text, mount, volume }) => ({
    text,
    value: { mount, volume },
    stand: (pod) => stand(pod, mount, volume),
    add: (pod) => withMounts(volumeOf(pod, volume.name) === undefined ? withVolumes(pod, [volume]) : pod, [mount]),
  }));

function plainMounts({ volumes = [], volumeMounts = [] }: SparkPodDefaultsSpec): readonly Mounted[] {
  return volumeMounts.flatMap((mount) => {
    const volume = volumes.find(({ name }) => name === mount.name);
    return volume === undefined ? [] : [{ text: `volumeMount ${plainPath(mount.mountPath)}`, mount, volume }];
  });
}

const folders = ({ configMaps = [], secrets = [] }: SparkPodDefaultsSpec): readonly Mounted[] => [
  ...configMaps.map(({ name, path }) => {
    const volume = folderVolumeName(name, '-vol');
    return folder({ name: volume, configMap: { name } }, { mountPath: path, readOnly: true });
  }),
  ...secrets.map(({ name, path }) => {
    const volume = folderVolumeName(name, '-volume');
    // As Spark mounts those of an application. A Secret cannot be written to anyway.
    return folder({ name: volume, secret: { secretName: name } }, { mountPath: path });
  }),
];

const folder = (volume: Volume, mount: Omit<VolumeMount, 'name'>): Mounted => ({
  text: `volumeMount ${plainPath(mount.mountPath)}`,
  mount: { name: volume.name, ...mount },
  volume,
});

const volumeOf = ({ spec }: Pod, name: string): Volume | undefined =>
  spec?.volumes?.find((volume) => volume.name === name);

/** Taken, too, when the name of the volume stands for another volume: the mount would show that one. */
function stand(pod: Pod, mount: VolumeMount, volume: Volume): Stand {
  const namesake = standOf(volumeOf(pod, volume.name), volume);
  const there = sparkContainerOf(pod)?.volumeMounts?.find(
    ({ mountPath }) => plainPath(mountPath) === plainPath(mount.mountPath),
  );
  if (there === undefined) return namesake === 'taken' ? 'taken' : 'free';
  return namesake === 'same' ? standOf(there, { ...mount, mountPath: there.mountPath }) : 'taken';
}
