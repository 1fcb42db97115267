import type { Cluster } from '../container-infra/magnum.ts';
import { adminEntry } from '../kubeconfig/admin-entry.ts';
import { writeKubeconfig } from '../kubeconfig/write-kubeconfig.ts';
import { change } from '../state/cluster-state.ts';
import { updateState } from '../state/state.ts';
import { hasAccess } from './has-access.ts';
import { type KubeWorld, ownerOf } from './kube-world.ts';

/** Where the administrator's access goes. */
export interface AccessRequest {
  /** Left out: the one that kubectl would write. */
  readonly file: string | undefined;
  readonly setCurrent: boolean;
}

export interface Access {
  readonly file: string;
  readonly context: string;
  readonly written: boolean;
}

/** Puts an administrator's certificate for a cluster into the kubeconfig, unless a good one is there. */
export async function writeAccess(world: KubeWorld, cluster: Cluster, request: AccessRequest): Promise<Access> {
  const { cli, magnum, region } = world;
  const present = await hasAccess(world, cluster, request.file);
  if (present !== undefined) return { ...present, written: false };
  const { warning, written } = await cli.progress.step('kubeconfig: certificate signed by the cluster', async () => {
    const entry = await adminEntry(magnum, cluster, { region });
    return {
      warning: entry.warning,
      written: await writeKubeconfig(cli, { file: request.file, entry, setCurrent: request.setCurrent }),
    };
  });
  if (warning !== undefined) cli.terminal.printError(`Warning: ${warning}`);
  if (written.backup !== undefined) cli.progress.say(`what the kubeconfig was before: ${written.backup}`);
  const time = cli.now().toISOString();
  await updateState(cli, ownerOf(world), (clusters) => {
    const known = clusters.find(({ uuid }) => uuid === cluster.uuid);
    const contexts = [...new Set([...(known?.contexts ?? []), written.context])];
    return change(clusters, cluster.uuid, { contexts, steps: { ...known?.steps, kubeconfig: time } });
  });
  return { file: written.file, context: written.context, written: true };
}
