import { LABEL_PROPAGATED_BY, LABEL_SPARK_ROLE, ROLE_DRIVER } from '../api/labels.ts';
import { isNotFound } from '../kube/errors.ts';
import type { Identified } from '../kube/key.ts';
import { resources, type Resource } from '../kube/resources.ts';
import type { Removal } from './cleanup.ts';
import type { HookContext } from './hook.ts';

/** Which copies of Secrets and ConfigMaps the operator may have made (chart values `podDefaults.propagate`). */
export interface Copies {
  readonly propagatedSecrets: readonly string[];
  readonly propagatedConfigMaps: readonly string[];
  /** Empty = all namespaces. */
  readonly jobNamespaces: readonly string[];
}

type Labelled = Identified & { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };

/**
 * Deletes the copies of Secrets and ConfigMaps in the job namespaces, by the label that the operator gave them; an object of
 * that name without it belongs to others. In a namespace where a driver runs they are kept: its executors still read them.
 */
export async function removeCopies(context: HookContext, copies: Copies): Promise<readonly Removal[]> {
  const named = [
    ...copies.propagatedSecrets.map((name) => ({ resource: resources.secrets, name })),
    ...copies.propagatedConfigMaps.map((name) => ({ resource: resources.configmaps, name })),
  ];
  if (named.length === 0) return [];
  const removals: Removal[] = [];
  try {
    const namespaces = await namespacesOf(context, copies);
    const refs = namespaces.flatMap((namespace) => named.map(({ resource, name }) => ({ resource, namespace, name })));
    for (const { resource, ...ref } of refs) removals.push(...(await removeCopy(context, resource, ref)));
    return removals;
  } catch (error) {
    return [...removals, { object: 'copies in other namespaces', result: 'failed', reason: reasonOf(error) }];
  }
}

async function namespacesOf({ client, signal }: HookContext, { jobNamespaces }: Copies): Promise<readonly string[]> {
  if (jobNamespaces.length > 0) return jobNamespaces;
  const { items } = await client.list(resources.namespaces, { signal });
  return items.flatMap(({ metadata }) => metadata?.name ?? []);
}

const DRIVER_RUNS = 'a Spark driver still runs in this namespace: delete it when that has ended';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Nothing when there is no copy. */
async function removeCopy(
  { client, log, signal }: HookContext,
  resource: Resource<Labelled>,
  ref: { readonly namespace: string; readonly name: string },
): Promise<readonly Removal[]> {
  const object = `${resource.plural} ${ref.namespace}/${ref.name}`;
  try {
    const copy = await client.get(resource, ref, { signal });
    if (copy.metadata?.labels?.[LABEL_PROPAGATED_BY] === undefined) return [];
    if (await driverRuns(client, ref.namespace, signal)) return [{ object, result: 'kept', reason: DRIVER_RUNS }];
    log.info({ object }, 'Deleting a copy');
    await client.delete(resource, ref, { uid: copy.metadata.uid, signal });
    return [{ object, result: 'deleted' }];
  } catch (error) {
    if (isNotFound(error)) return [];
    return [{ object, result: 'failed', reason: reasonOf(error) }];
  }
}

async function driverRuns(client: HookContext['client'], namespace: string, signal: AbortSignal): Promise<boolean> {
  const labelSelector = `${LABEL_SPARK_ROLE}=${ROLE_DRIVER}`;
  const fieldSelector = 'status.phase!=Succeeded,status.phase!=Failed';
  const { items } = await client.list(resources.pods, { namespace, labelSelector, fieldSelector, limit: 1, signal });
  return items.length > 0;
}
