import type { ConfigMap } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { applyObject, found, MANAGED_LABELS, type Outcome } from './apply-object.ts';

/** What lies in the cluster itself so that another person, on another machine, can go on. Never a secret. */
export interface InClusterState {
  /** Name and UUID of the cluster in Magnum, where it is one of Magnum's. */
  readonly cluster?: string | undefined;
  readonly clusterUuid?: string | undefined;
  /** Entry of clouds.yaml, id of the project and region that the S3 keys were made in. */
  readonly cloud?: string | undefined;
  readonly projectId?: string | undefined;
  readonly osRegion?: string | undefined;
  /** Helm's name of the operator in this namespace. */
  readonly release?: string | undefined;
  readonly bucket?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly s3Region?: string | undefined;
  readonly pathStyle?: string | undefined;
  /** The access id of the S3 keys, and whose they are: `ours` are deleted with `delete spark`, `given` are not. */
  readonly accessKey?: string | undefined;
  readonly keys?: 'ours' | 'given' | undefined;
}

/** The ConfigMap, in the operator's namespace. */
export const STATE_NAME = 'opsparkctl-state';

const KEYS = [
  ...(['cluster', 'clusterUuid', 'cloud', 'projectId', 'osRegion', 'release'] as const),
  ...(['bucket', 'endpoint', 's3Region', 'pathStyle', 'accessKey'] as const),
];

/** The state in a namespace; undefined when opsparkctl has not been here. */
export async function readInClusterState(client: KubeClient, namespace: string): Promise<InClusterState | undefined> {
  const map = await found<ConfigMap>(client, resources.configmaps, { namespace, name: STATE_NAME });
  return map === undefined ? undefined : stateOf(map.data ?? {});
}

function stateOf(data: Readonly<Record<string, string>>): InClusterState {
  const { keys } = data;
  const texts = Object.fromEntries(KEYS.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]])));
  return keys === 'ours' || keys === 'given' ? { ...texts, keys } : texts;
}

/** Writes the state as a whole. */
export function writeInClusterState(client: KubeClient, namespace: string, state: InClusterState): Promise<Outcome> {
  const data = Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
  const metadata = { name: STATE_NAME, namespace, labels: MANAGED_LABELS };
  const map = { metadata, data };
  return applyObject(client, resources.configmaps, map);
}
