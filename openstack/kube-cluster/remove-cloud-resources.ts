import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { remove } from '../spark-install/apply-object.ts';
import type { Cli } from '../cli.ts';
import { type CloudResources, cloudResources } from './cloud-resources.ts';

/** So long the cloud may take for its load balancers and volumes; then the cluster is deleted all the same. */
const PATIENCE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 5_000;

/**
 * Deletes Services of type LoadBalancer and PersistentVolumeClaims, with the pods that hold them, and waits until the cloud's
 * side of them is gone. Answers what is left when the time is up.
 * @throws ApiError
 */
export async function removeCloudResources(
  cli: Pick<Cli, 'now' | 'sleep' | 'interrupted'>,
  client: KubeClient,
  { loadBalancers, claims, users }: CloudResources,
  note: (text: string) => void,
): Promise<readonly string[]> {
  for (const service of loadBalancers) await remove(client, resources.services, service);
  for (const claim of claims) await remove(client, resources.persistentvolumeclaims, claim);
  for (const pod of users) await remove(client, resources.pods, pod);
  const until = cli.now().getTime() + PATIENCE_MS;
  for (;;) {
    const left = namesOf(await cloudResources(client));
    if (left.length === 0 || cli.interrupted.aborted || cli.now().getTime() >= until) return left;
    note(`${left.length} left`);
    await cli.sleep(LOOK_EVERY_MS);
  }
}

/** Load balancers and claims as people name them. */
export const namesOf = ({ loadBalancers, claims }: Pick<CloudResources, 'loadBalancers' | 'claims'>): string[] => [
  ...loadBalancers.map(({ namespace, name }) => `load balancer of Service ${namespace}/${name}`),
  ...claims.map(({ namespace, name }) => `volume of PersistentVolumeClaim ${namespace}/${name}`),
];
