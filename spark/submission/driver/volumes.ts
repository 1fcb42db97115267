import type { PersistentVolumeClaim, Volume, VolumeMount } from '../../../api/kubernetes.ts';
import { LABEL_SPARK_APP_SELECTOR } from '../../../api/labels.ts';
import { javaBoolean } from '../java-text.ts';
import { withResource, withVolume } from './driver-draft.ts';
import type { DriverContext, DriverDraft, DriverStep } from './driver-draft.ts';
import { settingsBelow, volumeSpecs } from './spark-volumes.ts';
import type { VolumeSpec } from './spark-volumes.ts';

/** Where the driver's volume properties begin. */
export const DRIVER_VOLUMES_PREFIX = 'spark.kubernetes.driver.volumes.';

/** A claim name with this word is made anew for every attempt. */
export const ON_DEMAND = 'OnDemand';

/** Volumes that properties describe (MountVolumesFeatureStep). */
export const mountVolumesStep: DriverStep = (draft, context) =>
  volumeSpecs(context.conf, DRIVER_VOLUMES_PREFIX).reduce<DriverDraft>((mounted, volume, index) => {
    const claimName = claimNameOf(volume, index, context);
    const withClaim = isMade(volume)
      ? withResource(mounted, { resource: 'persistentvolumeclaims', object: claim(volume, claimName, context) })
      : mounted;
    return withVolume(withClaim, { name: volume.name, ...source(volume, claimName, context) }, mount(volume, context));
  }, draft);

const claimNameOf = ({ settings }: VolumeSpec, index: number, { names }: DriverContext): string =>
  (settings['options.claimName'] ?? '').replaceAll(ON_DEMAND, `${names.prefix}-driver-pvc-${index}`);

/** Spark makes a claim when class and size are given; we only when it is made anew, never one with a name of the user's. */
const isMade = ({ type, settings }: VolumeSpec): boolean =>
  type === 'persistentVolumeClaim' &&
  (settings['options.claimName'] ?? '').includes(ON_DEMAND) &&
  settings['options.storageClass'] !== undefined &&
  settings['options.sizeLimit'] !== undefined;

const isReadOnly = ({ settings }: VolumeSpec): boolean => javaBoolean(settings['mount.readOnly'] ?? '') === true;

function mount(volume: VolumeSpec, { features }: DriverContext): Omit<VolumeMount, 'name'> {
  const { settings } = volume;
  const subPathExpr = features.volumeOptions ? settings['mount.subPathExpr'] : undefined;
  return {
    mountPath: settings['mount.path'] ?? '',
    readOnly: isReadOnly(volume),
    ...(settings['mount.subPath'] === undefined ? {} : { subPath: settings['mount.subPath'] }),
    ...(subPathExpr === undefined ? {} : { subPathExpr }),
  };
}

function source(volume: VolumeSpec, claimName: string, { features }: DriverContext): Omit<Volume, 'name'> {
  const { type, settings } = volume;
  const hostPathType = features.volumeOptions ? settings['options.type'] : undefined;
  switch (type) {
    case 'hostPath':
      return { hostPath: { path: settings['options.path'] ?? '', type: hostPathType ?? '' } };
    case 'persistentVolumeClaim':
      return { persistentVolumeClaim: { claimName, readOnly: isReadOnly(volume) } };
    case 'nfs':
      return { nfs: { path: settings['options.path'] ?? '', server: settings['options.server'] ?? '' } };
    default:
      return { emptyDir: emptyDir(settings) };
  }
}

const emptyDir = (settings: VolumeSpec['settings']): NonNullable<Volume['emptyDir']> => ({
  medium: settings['options.medium'] ?? '',
  ...(settings['options.sizeLimit'] === undefined ? {} : { sizeLimit: settings['options.sizeLimit'] }),
});

function claim(volume: VolumeSpec, name: string, context: DriverContext): PersistentVolumeClaim {
  const { app, features, sparkApplicationId } = context;
  const { settings } = volume;
  const annotations = features.volumeOptions ? settingsBelow(volume, 'annotation.') : {};
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace: app.metadata.namespace,
      labels: {
        ...(features.volumeOptions ? settingsBelow(volume, 'label.') : {}),
        [LABEL_SPARK_APP_SELECTOR]: sparkApplicationId,
      },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: {
      accessModes: [accessMode(context)],
      storageClassName: settings['options.storageClass'] ?? '',
      resources: { requests: { storage: settings['options.sizeLimit'] ?? '' } },
    },
  };
}

/** `spark.kubernetes.legacy.useReadWriteOnceAccessMode` chooses; each version has its own default. */
function accessMode({ conf, features }: DriverContext): string {
  const legacy = javaBoolean(conf.get('spark.kubernetes.legacy.useReadWriteOnceAccessMode') ?? '');
  if (legacy === undefined) return features.claimAccessMode;
  return legacy ? 'ReadWriteOnce' : 'ReadWriteOncePod';
}
