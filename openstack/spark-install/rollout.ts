import type { KubernetesObject, Pod } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources, type Resource } from '../../kube/resources.ts';

/** A Deployment, as far as it tells whether its pods run. */
export interface SeenDeployment extends KubernetesObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
  };
}

export const deployments: Resource<SeenDeployment> = { ...resources.deployments };

/** Where a Deployment is on its way. */
export interface Rollout {
  readonly name: string;
  readonly ready: number;
  readonly wanted: number;
  readonly done: boolean;
}

/** A controller that has not looked yet has told nothing. */
const UNSEEN = { observedGeneration: 0, replicas: 0, updatedReplicas: 0, availableReplicas: 0 };

/** As `kubectl rollout status` decides: the newest pods are there, all of them answer, and no older one is left. */
export function rolloutOf({ metadata = {}, spec, status }: SeenDeployment): Rollout {
  const wanted = spec?.replicas ?? 1;
  const { observedGeneration, replicas, updatedReplicas, availableReplicas } = { ...UNSEEN, ...status };
  const seen = observedGeneration >= (metadata.generation ?? 0);
  const running = updatedReplicas >= wanted && availableReplicas >= updatedReplicas;
  const ready = Math.min(availableReplicas, updatedReplicas);
  return { name: metadata.name ?? '', ready, wanted, done: seen && running && replicas <= updatedReplicas };
}

/** Why a pod does not run, in Kubernetes' words: `ImagePullBackOff: …`, `Unschedulable: …`; undefined when nothing is wrong with it. */
export function troubleOf({ metadata, status = {} }: Pod): string | undefined {
  const reason = waitingFor(status) ?? unscheduled(status);
  if (reason === undefined) return undefined;
  const words = [reason.reason, reason.message].filter((part) => part !== undefined && part !== '');
  return `pod ${metadata?.name ?? ''}: ${words.join(': ')}`;
}

type PodStatus = NonNullable<Pod['status']>;
interface Reason {
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** What a container waits for on its ordinary way. */
const ORDINARY: ReadonlySet<string | undefined> = new Set(['ContainerCreating', 'PodInitializing', undefined]);

const waitingFor = ({ containerStatuses = [] }: PodStatus): Reason | undefined =>
  containerStatuses.map(({ state }) => state?.waiting).find((waiting) => !ORDINARY.has(waiting?.reason));

const unscheduled = ({ conditions = [] }: PodStatus): Reason | undefined =>
  conditions.find(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );

/** How the pods of a release are: its Deployments, and what is wrong with pods. */
export interface ReleaseHealth {
  readonly rollouts: readonly Rollout[];
  readonly troubles: readonly string[];
}

/** The Deployments and pods that a Helm release has in its namespace. */
export async function releaseHealth(client: KubeClient, namespace: string, release: string): Promise<ReleaseHealth> {
  const selection = { namespace, labelSelector: `app.kubernetes.io/instance=${release}` };
  const [{ items: made }, { items: pods }] = await Promise.all([
    client.list(deployments, selection),
    client.list(resources.pods, selection),
  ]);
  return {
    rollouts: made.map(rolloutOf),
    troubles: pods.flatMap((pod) => troubleOf(pod) ?? []),
  };
}

/** Pod templates by Deployment: what differs between two looks was rolled. */
export async function templatesOf(
  client: KubeClient,
  namespace: string,
  release: string,
): Promise<Readonly<Record<string, string>>> {
  const { items } = await client.list(deployments, {
    namespace,
    labelSelector: `app.kubernetes.io/instance=${release}`,
  });
  return Object.fromEntries(items.map(({ metadata, spec }) => [metadata?.name ?? '', JSON.stringify(spec)]));
}
