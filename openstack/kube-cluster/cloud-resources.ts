import type { KubernetesObject, PersistentVolumeClaim, Pod, Service } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { keyOf } from '../../kube/key.ts';
import { resources } from '../../kube/resources.ts';
import { readInClusterState, STATE_NAME, type InClusterState } from '../spark-install/in-cluster-state.ts';

/** Where in a cluster something lies. */
export interface Place {
  readonly namespace: string;
  readonly name: string;
}

/** An installation of the operator by opsparkctl. */
export interface Installation {
  readonly namespace: string;
  readonly state: InClusterState;
}

/** What of a cluster lives on in the cloud, unless it is deleted before the cluster is. */
export interface CloudResources {
  /** Services with a load balancer and its floating IP. */
  readonly loadBalancers: readonly Place[];
  /** Claims with a volume. */
  readonly claims: readonly Place[];
  /** Pods that use the claims: a claim stays as long as they are there. */
  readonly users: readonly Place[];
  readonly installations: readonly Installation[];
}

/** Reads what of a cluster lives on in the cloud. @throws ApiError */
export async function cloudResources(client: KubeClient): Promise<CloudResources> {
  const [services, claims, pods, states] = await Promise.all([
    client.list<Service>(resources.services),
    client.list<PersistentVolumeClaim>(resources.persistentvolumeclaims),
    client.list<Pod>(resources.pods),
    client.list<KubernetesObject>(resources.configmaps, { fieldSelector: `metadata.name=${STATE_NAME}` }),
  ]);
  const claimed = claims.items.map(placeOf);
  const isClaimed = new Set(claimed.map(keyOf));
  return {
    loadBalancers: services.items.filter(({ spec }) => spec?.type === 'LoadBalancer').map(placeOf),
    claims: claimed,
    users: pods.items.filter((pod) => claimsOf(pod).some((claim) => isClaimed.has(keyOf(claim)))).map(placeOf),
    installations: await Promise.all(states.items.map((map) => installation(client, placeOf(map).namespace))),
  };
}

const placeOf = ({ metadata }: KubernetesObject): Place => ({
  namespace: metadata?.namespace ?? '',
  name: metadata?.name ?? '',
});

const claimsOf = (pod: Pod): readonly Place[] =>
  (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined
      ? []
      : [{ namespace: placeOf(pod).namespace, name: persistentVolumeClaim.claimName }],
  );

const installation = async (client: KubeClient, namespace: string): Promise<Installation> => ({
  namespace,
  state: (await readInClusterState(client, namespace)) ?? {},
});
