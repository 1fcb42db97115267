import { folderVolumeName } from './folder-volume-name.ts';
import { withConfigMap } from './mount.ts';
import type { Mutator } from './mutator.ts';

/** `configMaps`: ConfigMaps of the user as read-only folders. */
export const addConfigMaps: Mutator = (pod, { fields: { configMaps } }) =>
  (configMaps ?? []).reduce(
    (mounted, { name, path }) => withConfigMap(mounted, folderVolumeName(name, '-vol'), name, path),
    pod,
  );
