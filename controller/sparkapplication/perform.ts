import { LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import { uiServiceName } from '../../api/names.ts';
import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { createAttempt, deleteObject, isOwnedBy, readObject } from './create-attempt.ts';
import { createUiService } from './create-ui-service.ts';
import type { Effect, Outcome } from './decision.ts';
import { found } from './live.ts';
import type { Stores } from './stores.ts';

/** An effect on the world outside the application's own status. */
export type OuterEffect = Exclude<Effect, { readonly kind: 'record' }>;

/** Does one effect. Each may be repeated: what is there is adopted, what is gone stays gone. */
export const perform =
  (world: { readonly client: KubeClient; readonly stores: Stores }) =>
  async (app: SparkApplication, effect: OuterEffect): Promise<Outcome> => {
    switch (effect.kind) {
      case 'createAttempt':
        return createAttempt(world, app, effect);
      case 'createUiService':
        return createUiService(world.client, app, effect.service);
      case 'deleteAttemptObjects':
        return deleteAttemptObjects(world.client, app, effect);
      case 'deleteDriver':
        return deleteDriver(world.client, app, effect);
      case 'deleteUiService':
        return deleteUiService(world.client, app, effect.name);
      case 'deleteApplication':
        return deleteApplication(world.client, app);
    }
  };

const done: Outcome = { kind: 'Done' };

/** The UI Service has a life of its own. */
async function deleteAttemptObjects(
  client: KubeClient,
  app: SparkApplication,
  { submissionId, unlisted }: Effect & { readonly kind: 'deleteAttemptObjects' },
): Promise<Outcome> {
  const selection = { namespace: app.metadata.namespace, labelSelector: `${LABEL_SUBMISSION_ID}=${submissionId}` };
  const kept = uiServiceName(app);
  const [configMaps, services] = await Promise.all([
    client.list(resources.configmaps, selection),
    client.list(resources.services, selection),
  ]);
  await Promise.all([
    ...configMaps.items.map((object) => deleteObject(client, resources.configmaps, object)),
    ...services.items
      .filter(({ metadata }) => metadata?.name !== kept)
      .map((object) => deleteObject(client, resources.services, object)),
    ...unlisted.map(({ resource, object }) => deleteOurs(client, app, { resource: resources[resource], object })),
  ]);
  return done;
}

interface Named {
  readonly resource: Resource<KubernetesObject>;
  readonly object: KubernetesObject;
}

/** An object that is known by name only: deleted when it belongs to the application. */
async function deleteOurs(client: KubeClient, app: SparkApplication, { resource, object }: Named): Promise<void> {
  const there = await readObject(client, resource, object);
  if (there !== undefined && isOwnedBy(there, app)) await deleteObject(client, resource, there);
}

async function deleteDriver(
  client: KubeClient,
  { metadata: { namespace } }: SparkApplication,
  { name, uid }: Effect & { readonly kind: 'deleteDriver' },
): Promise<Outcome> {
  await deleteObject(client, resources.pods, { metadata: { namespace, name, uid } });
  return done;
}

async function deleteUiService(client: KubeClient, app: SparkApplication, name: string): Promise<Outcome> {
  const service = await found(client.get(resources.services, { namespace: app.metadata.namespace, name }));
  if (service !== undefined && isOwnedBy(service, app)) await deleteObject(client, resources.services, service);
  return done;
}

/** Only the object that was looked at: an edit in between wins. */
async function deleteApplication(client: KubeClient, { metadata }: SparkApplication): Promise<Outcome> {
  const { namespace, name, uid, resourceVersion } = metadata;
  try {
    await client.delete(resources.sparkApplications, { namespace, name }, { uid, resourceVersion });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return done;
}
