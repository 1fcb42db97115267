import type { Volume } from '../../api/kubernetes.ts';

/** Volumes of this name are Spark's scratch space (LocalDirsFeatureStep). */
export const LOCAL_DIR_PREFIX = 'spark-local-dir-';

/** One option of a Spark volume: its key below `options.` and its value. */
export type VolumeOption = readonly [key: string, value: string];

/** A volume as Spark's properties express it: `volumes.<type>.<name>.options.…`. */
export interface SparkVolume {
  readonly type: string;
  readonly options: readonly VolumeOption[];
}

/** The Spark volume type and options of a volume; undefined for a kind that Spark's properties cannot express. */
export function sparkVolume({
  emptyDir,
  hostPath,
  nfs,
  persistentVolumeClaim: claim,
}: Volume): SparkVolume | undefined {
  if (emptyDir !== undefined)
    return { type: 'emptyDir', options: options({ sizeLimit: emptyDir.sizeLimit, medium: emptyDir.medium }) };
  if (hostPath !== undefined)
    return { type: 'hostPath', options: options({ path: hostPath.path, type: hostPath.type }) };
  if (nfs !== undefined) return { type: 'nfs', options: options({ path: nfs.path, server: nfs.server }) };
  if (claim !== undefined) return { type: 'persistentVolumeClaim', options: options({ claimName: claim.claimName }) };
  return undefined;
}

/** A size may be written as a bare number. */
const options = (values: Readonly<Record<string, string | number | undefined>>): VolumeOption[] =>
  Object.entries(values).flatMap(([key, value]): VolumeOption[] =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  );

/** True for scratch volumes that go to Spark as properties, because Spark mounts them itself. */
export const isSparkMounted = (volume: Volume): boolean =>
  volume.name.startsWith(LOCAL_DIR_PREFIX) && sparkVolume(volume) !== undefined;
