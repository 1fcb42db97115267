import type { DeleteOptions, KubeClient } from './client.ts';
import type { Identified, ObjectRef } from './key.ts';
import { collectionPath, objectPath } from './paths.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import type { Method, Transport, Verb } from './transport.ts';

const contentTypes = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** The writing verbs of a client. */
export function writing(transport: Transport): Pick<KubeClient, 'create' | 'update' | 'patch' | 'delete'> {
  return {
    create: (resource, object, options) =>
      send(transport, resource, {
        verb: 'create',
        method: 'POST',
        path: collectionPath(resource, refOfObject(object).namespace, {
          fieldValidation: options?.fieldValidation,
          dryRun: options?.dryRun === true ? 'All' : undefined,
        }),
        body: bodyOf(resource, object),
        signal: options?.signal,
      }),
    update: (resource, object, options) =>
      send(transport, resource, {
        verb: 'update',
        method: 'PUT',
        path: objectPath(resource, refOfObject(object)),
        body: bodyOf(resource, object),
        signal: options?.signal,
      }),
    patch: (resource, ref, patch, { subresource, type = 'merge', fieldManager, force, signal } = {}) =>
      send(transport, resource, {
        verb: 'patch',
        method: 'PATCH',
        subresource,
        path: objectPath(resource, ref, subresource, { fieldManager, force }),
        body: JSON.stringify(patch),
        contentType: contentTypes[type],
        signal,
      }),
    delete: (resource, ref, options = {}) => remove(transport, resource, ref, options),
  };
}

async function remove(transport: Transport, resource: Resource, ref: ObjectRef, options: DeleteOptions): Promise<void> {
  await send(transport, resource, {
    verb: 'delete',
    method: 'DELETE',
    path: objectPath(resource, ref),
    body: deleteBody(options),
    signal: options.signal,
  });
}

interface Write {
  readonly verb: Verb;
  readonly method: Method;
  readonly path: string;
  readonly body: string;
  readonly subresource?: string | undefined;
  readonly contentType?: string;
  readonly signal: AbortSignal | undefined;
}

async function send<T>(transport: Transport, { plural }: Resource<T>, { subresource, ...write }: Write): Promise<T> {
  const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
  // Parse boundary: the API server answers a write with the object as it is now.
  return (await transport.request({ resource, ...write })) as T;
}

/** JSON of an object to send; the server wants `apiVersion` and `kind`, which items of lists lack. */
const bodyOf = (resource: Resource, object: unknown): string =>
  JSON.stringify(Object.assign({ apiVersion: apiVersionOf(resource), kind: resource.kind }, object));

const deleteBody = ({ uid, resourceVersion, gracePeriodSeconds, propagationPolicy }: DeleteOptions): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    gracePeriodSeconds,
    propagationPolicy,
    preconditions: uid === undefined && resourceVersion === undefined ? undefined : { uid, resourceVersion },
  });

function refOfObject(object: unknown): ObjectRef {
  // Parse boundary: what is sent is a Kubernetes object; its own type may say more than Identified.
  const { namespace, name = '' } = (object as Identified).metadata ?? {};
  return { namespace, name };
}
