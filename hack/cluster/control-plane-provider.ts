import { buildBinaries } from './binaries.ts';
import { clusterFolder, emptyRecord, keepRecord } from './cluster-record.ts';
import { prepareAndLaunch } from './control-plane.ts';
import { startDaemon } from './daemon.ts';
import { localStatus } from './local-status.ts';
import type { ClusterProvider } from './provider.ts';
import { removeCluster } from './remove-cluster.ts';

/** Only the Kubernetes API, running until it is taken down. */
export const controlPlaneProvider: ClusterProvider = {
  up: async ({ name, emulatedVersion }, progress) => {
    await buildBinaries(progress, ['kubernetes']);
    const record = keepRecord(emptyRecord(name, 'control-plane', emulatedVersion));
    const options = {
      name,
      folder: clusterFolder(name),
      ...(emulatedVersion === undefined ? {} : { emulatedVersion }),
    };
    const launch = (): ReturnType<typeof prepareAndLaunch> =>
      prepareAndLaunch(options, async (spec) => {
        const daemon = await startDaemon(spec);
        record.update(({ daemons }) => ({ daemons: [...daemons, daemon] }));
        return daemon;
      });
    const { server } = await progress.step('Starting etcd, the API server and controllers', launch, '5 s');
    record.update(() => ({ complete: true, server }));
  },
  down: removeCluster,
  status: localStatus,
  load: (name) => Promise.reject(new Error(`"${name}" has no nodes that could hold images`)),
};
