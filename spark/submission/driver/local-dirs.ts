import { LOCAL_DIR_PREFIX } from '../../mutation/spark-mounted-volume.ts';
import { javaBoolean } from '../java-text.ts';
import { withEnv, withVolume } from './driver-draft.ts';
import type { DriverDraft, DriverStep } from './driver-draft.ts';

/**
 * Scratch space (LocalDirsFeatureStep): the mounts whose volume is called `spark-local-dir-…` if there are any, else one
 * emptyDir for each folder of `spark.local.dir`, else one of our own.
 */
export const localDirsStep: DriverStep = (draft, { conf, names }) => {
  const mounted = (draft.container.volumeMounts ?? [])
    .filter(({ name }) => name.startsWith(LOCAL_DIR_PREFIX))
    .map(({ mountPath }) => mountPath);
  if (mounted.length > 0) return withEnv(draft, [{ name: 'SPARK_LOCAL_DIRS', value: mounted.join(',') }]);

  const directories = (conf.raw('spark.local.dir') ?? names.localDirectory).split(',');
  const inMemory = javaBoolean(conf.get('spark.kubernetes.local.dirs.tmpfs') ?? '') === true;
  const withDirectories = directories.reduce<DriverDraft>(
    (made, mountPath, index) =>
      withVolume(
        made,
        { name: `${LOCAL_DIR_PREFIX}${index + 1}`, emptyDir: inMemory ? { medium: 'Memory' } : {} },
        { mountPath },
      ),
    draft,
  );
  return withEnv(withDirectories, [{ name: 'SPARK_LOCAL_DIRS', value: directories.join(',') }]);
};
