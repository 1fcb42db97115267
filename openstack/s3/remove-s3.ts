import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { keystone } from '../identity/keystone-client.ts';
import type { Session } from '../identity/session.ts';
import { failedWith } from '../openstack-error.ts';
import { found, MANAGED_LABELS, remove } from '../spark-install/apply-object.ts';
import { keysSince } from './make-key.ts';
import { S3_POD_DEFAULTS, S3_SECRET } from './objects.ts';
import { readSecretState } from './read-secret-state.ts';
import type { SecretState } from './secret-state.ts';

export interface S3RemovalWorld {
  /** Undefined: the cloud cannot be asked; the key is named and stays. */
  readonly session: Session | undefined;
  /** Undefined: the cluster cannot be reached, or is gone. */
  readonly client: KubeClient | undefined;
}

export interface S3RemovalRequest {
  readonly operatorNamespace: string;
  /** The access id that opsparkctl's state knows to be ours, for when the cluster cannot be asked. */
  readonly accessKey?: string | undefined;
  /** Access ids that other clusters are known to use. */
  readonly foreignAccessKeys?: readonly string[];
}

export type Removal = 'deleted' | 'absent' | 'kept';

export interface S3Removal {
  readonly key: Removal;
  /** Access ids of EC2 keys of ours that are gone, or, with `kept`, that stay. */
  readonly accessKeys: readonly string[];
  readonly secret: Removal;
  readonly podDefaults: Removal;
  readonly warnings: readonly string[];
}

/**
 * Gives back what ensureS3Defaults made: the EC2 key first (while the Secret still tells which it is, so that a killed run
 * can be repeated), then SparkPodDefaults and Secret. Keys that a person gave, objects of other people and the bucket stay.
 * @throws OpenStackError, ApiError; not when the login may not delete keys: that is a warning
 */
export async function removeS3Keys(world: S3RemovalWorld, request: S3RemovalRequest): Promise<S3Removal> {
  const { client, session } = world;
  const state: SecretState =
    client === undefined ? { kind: 'absent' } : await readSecretState(client, request.operatorNamespace);
  const ours = await ourKeys(session, request, state);
  const key = await deleteKeys(session, ours);
  const objects = client === undefined ? KEPT : await removeObjects(client, request.operatorNamespace);
  return { key, accessKeys: ours, ...objects, warnings: key === 'kept' && ours.length > 0 ? [left(ours)] : [] };
}

const KEPT = { secret: 'kept', podDefaults: 'kept' } as const;

async function ourKeys(
  session: Session | undefined,
  { accessKey, foreignAccessKeys }: S3RemovalRequest,
  state: SecretState,
): Promise<readonly string[]> {
  const remembered = accessKey === undefined ? [] : [accessKey];
  if (state.kind === 'filled') {
    // Keys that a person gave took the place of ours, if there were any: ours is the remembered one.
    const inSecret = state.keys.ours ? [state.keys.accessKey] : [];
    return [...new Set([...inSecret, ...remembered.filter((id) => state.keys.ours || id !== state.keys.accessKey)])];
  }
  if (state.kind !== 'claimed' || session === undefined) return remembered;
  const since = keysSince(await keystone(session).ec2Keys(), state, foreignAccessKeys).map(({ access }) => access);
  return [...new Set([...(since.length === 1 ? since : []), ...remembered])];
}

async function deleteKeys(session: Session | undefined, ids: readonly string[]): Promise<Removal> {
  if (ids.length === 0) return 'absent';
  if (session === undefined) return 'kept';
  const identity = keystone(session);
  let result: Removal = 'absent';
  for (const id of ids) {
    try {
      await identity.deleteEc2Key(id);
      result = 'deleted';
    } catch (error) {
      if (failedWith(error, 'Forbidden')) return 'kept';
      if (!failedWith(error, 'NotFound')) throw error;
    }
  }
  return result;
}

async function removeObjects(
  client: KubeClient,
  namespace: string,
): Promise<Pick<S3Removal, 'secret' | 'podDefaults'>> {
  const podDefaults = await removeManaged(client, resources.sparkPodDefaults, { namespace, name: S3_POD_DEFAULTS });
  const secret = await removeManaged(client, resources.secrets, { namespace, name: S3_SECRET });
  return { secret, podDefaults };
}

const MANAGED = Object.entries(MANAGED_LABELS);

async function removeManaged(
  client: KubeClient,
  resource: Resource,
  ref: { readonly namespace: string; readonly name: string },
): Promise<Removal> {
  const object = await found<KubernetesObject>(client, resource, ref);
  if (object === undefined) return 'absent';
  if (MANAGED.some(([label, value]) => object.metadata?.labels?.[label] !== value)) return 'kept';
  return remove(client, resource, ref);
}

const left = (ids: readonly string[]): string =>
  `The EC2 key ${ids.join(', ')} could not be deleted with this login: openstack ec2 credentials delete ${ids.join(' ')}`;
