import type { KubeClient } from '../../kube/client.ts';
import {
  readInClusterState,
  writeInClusterState,
  type InClusterState,
} from '../../openstack/spark-install/in-cluster-state.ts';

/** Keeps what is known of the cluster where `opsparkctl` looks for it. What others wrote there and the hook does not know stays. */
export async function keepState(client: KubeClient, namespace: string, known: InClusterState): Promise<void> {
  const before = (await readInClusterState(client, namespace)) ?? {};
  const told = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  await writeInClusterState(client, namespace, { ...before, ...told });
}
