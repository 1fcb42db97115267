import { LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { PlannedResource } from '../../spark/submission/planned-resource.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isAlreadyExists, isConflict, isNotFound } from '../../kube/errors.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import type { Effect, Outcome } from './decision.ts';
import { found } from './live.ts';
import { podView } from './pod-view.ts';
import { refusalOf, unavailableAdmission, type Refusal } from './refusal.ts';
import type { Stores } from './stores.ts';

type CreateAttempt = Effect & { readonly kind: 'createAttempt' };

/** How the making of one object ended. `made` is what the API server holds now. */
type Made<T> =
  | { readonly kind: 'Made'; readonly made: T }
  | ({ readonly kind: 'Refused' } & Refusal)
  | { readonly kind: 'Unavailable'; readonly message: string }
  | { readonly kind: 'Taken'; readonly by: T };

/** A planned object with the resource that takes it. */
interface Planned {
  readonly resource: Resource<KubernetesObject>;
  readonly object: KubernetesObject;
}

/**
 * Creates what an attempt needs: ConfigMaps, Services and Secrets side by side, the driver pod last, because with it the
 * attempt exists. What is there already and ours is adopted; what is there and not ours blocks; a refusal undoes the rest. While an admission webhook is out,
 * what was made stays for the next try.
 *
 * @throws ApiError when it is not known what happened: the next pass does the same again.
 */
export async function createAttempt(
  { client, stores }: { readonly client: KubeClient; readonly stores: Stores },
  app: SparkApplication,
  { plan, submissionId }: CreateAttempt,
): Promise<Outcome> {
  const owner = { app, submissionId };
  const planned = plan.resources.map(plannedOf);
  const made = await allOf(planned.map((item) => make(client, owner, item)));
  const bad = made.find(({ kind }) => kind !== 'Made');
  const last = bad ?? (await make(client, owner, { resource: resources.pods, object: plan.driverPod }));
  switch (last.kind) {
    case 'Made':
      stores.acceptPod(last.made);
      return { kind: 'Submitted', pod: podView(last.made) };
    case 'Refused':
      await undo(client, planned, made);
      return last;
    case 'Unavailable':
      return last;
    case 'Taken':
      await removeStale(client, app, last.by);
      return { kind: 'Blocked', message: blockedBy(last.by) };
  }
}

/** All results; the first error, but only when nothing is under way any more. */
async function allOf<T>(doings: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(doings);
  return Promise.all(doings);
}

const plannedOf = ({ resource, object }: PlannedResource): Planned => ({ resource: resources[resource], object });

interface Owner {
  readonly app: SparkApplication;
  readonly submissionId: string;
}

async function make(client: KubeClient, owner: Owner, { resource, object }: Planned): Promise<Made<KubernetesObject>> {
  try {
    return { kind: 'Made', made: await client.create(resource, object) };
  } catch (error) {
    if (isAlreadyExists(error)) return adopt(client, owner, { resource, object });
    const unavailable = unavailableAdmission(error);
    if (unavailable !== undefined) return { kind: 'Unavailable', message: unavailable };
    const refusal = refusalOf(error, owner.app.spec);
    if (refusal === undefined) throw error;
    return { kind: 'Refused', ...refusal };
  }
}

/** An earlier try of this attempt may have made it: it says so by its owner and its submission id. */
async function adopt(
  client: KubeClient,
  { app, submissionId }: Owner,
  planned: Planned,
): Promise<Made<KubernetesObject>> {
  const there = await client.get(planned.resource, refOf(planned.object));
  const isOurs = isOwnedBy(there, app) && there.metadata?.labels?.[LABEL_SUBMISSION_ID] === submissionId;
  return isOurs ? { kind: 'Made', made: there } : { kind: 'Taken', by: there };
}

/** Whether the application is among the owners of an object. */
export const isOwnedBy = ({ metadata }: KubernetesObject, { metadata: { uid } }: SparkApplication): boolean =>
  metadata?.ownerReferences?.some((owner) => owner.uid === uid) === true;

const refOf = ({ metadata }: KubernetesObject): { readonly namespace: string; readonly name: string } => ({
  namespace: metadata?.namespace ?? '',
  name: metadata?.name ?? '',
});

/** Nothing is left behind of an attempt that was refused. */
async function undo(
  client: KubeClient,
  planned: readonly Planned[],
  made: readonly Made<KubernetesObject>[],
): Promise<void> {
  const ours = planned.flatMap(({ resource }, i) => {
    const result = made[i];
    return result?.kind === 'Made' ? [deleteObject(client, resource, result.made)] : [];
  });
  await Promise.all(ours);
}

/** Deletes exactly this object: one that is gone, or was replaced by another of the same name, is left alone. */
export async function deleteObject(client: KubeClient, resource: Resource, object: KubernetesObject): Promise<void> {
  try {
    await client.delete(resource, refOf(object), { uid: object.metadata?.uid, propagationPolicy: 'Background' });
  } catch (error) {
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
}

/** The driver of an earlier attempt of this application (a late write of a process that lost its lease) is in the way: it goes. */
async function removeStale(client: KubeClient, app: SparkApplication, pod: KubernetesObject): Promise<void> {
  const id = pod.metadata?.labels?.[LABEL_SUBMISSION_ID];
  const isEarlier = app.status?.attempts?.some(({ submissionID }) => submissionID === id) === true;
  if (isOwnedBy(pod, app) && isEarlier && pod.metadata?.deletionTimestamp === undefined) {
    await deleteObject(client, resources.pods, pod);
  }
}

function blockedBy({ kind, metadata }: KubernetesObject): string {
  const what = `${kind ?? 'object'} ${metadata?.name ?? ''}`;
  return `The name of the ${what} is taken by another object of that name; the attempt starts when it is gone. Delete it, or set spec.driver.podName.`;
}

/** Reads what may be there already; for objects of the application that outlive an attempt. */
export const readObject = <T>(
  client: KubeClient,
  resource: Resource<T>,
  object: KubernetesObject,
): Promise<T | undefined> => found(client.get(resource, refOf(object)));
