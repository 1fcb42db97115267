import type { KubernetesObject } from '../../api/kubernetes.ts';
import type { KubeClient, PatchOptions } from '../../kube/client.ts';
import { ApiError } from '../../kube/errors.ts';
import type { ObjectRef } from '../../kube/key.ts';
import type { Resource } from '../../kube/resources.ts';
import { createTransport } from '../../kube/transport.ts';
import { kubeClient } from '../../kube/client.ts';

type Stored = KubernetesObject & Readonly<Record<string, unknown>>;

/** A Kubernetes that keeps objects in memory: get, create, merge patch, apply and delete, with resource versions. */
export interface MemoryKube {
  readonly client: KubeClient;
  /** By `plural/namespace/name`. */
  readonly objects: ReadonlyMap<string, Stored>;
}

/** One API server for a test. Everything but the four verbs has no server to talk to. */
export function memoryKube(): MemoryKube {
  const objects = new Map<string, Stored>();
  let version = 0;
  const keyOf = ({ plural }: Resource, { namespace = '', name }: ObjectRef): string => `${plural}/${namespace}/${name}`;
  const store = (key: string, object: Stored): Stored => {
    const metadata = { ...object.metadata, resourceVersion: String(++version) };
    objects.set(key, { ...object, metadata });
    return { ...object, metadata };
  };
  const found = (key: string): Stored => objects.get(key) ?? fail(404, 'NotFound', `${key} not found`);
  const create = (resource: Resource, object: Stored): Stored => {
    const { name = '', namespace } = object.metadata ?? {};
    const key = keyOf(resource, { name, namespace });
    if (objects.has(key)) return fail(409, 'AlreadyExists', `${key} already exists`);
    return store(key, object);
  };
  const patch = (resource: Resource, ref: ObjectRef, change: Stored, { type }: PatchOptions): Stored => {
    const key = keyOf(resource, ref);
    if (type === 'apply' && !objects.has(key)) return store(key, change);
    const before = found(key);
    const wanted = change.metadata?.resourceVersion;
    if (wanted !== undefined && wanted !== before.metadata?.resourceVersion)
      return fail(409, 'Conflict', `${key} has been changed`);
    // What is merged is an object again.
    const after = merged(before, change) as Stored;
    return JSON.stringify(after) === JSON.stringify(before) ? before : store(key, after);
  };
  const nowhere = kubeClient(createTransport({ server: 'http://127.0.0.1:9', credentials: {} }));
  const client: KubeClient = {
    ...nowhere,
    // The stored object is what was written as this resource.
    get: async <T>(resource: Resource<T>, ref: ObjectRef) => structuredClone(found(keyOf(resource, ref))) as T,
    create: async <T>(resource: Resource<T>, object: T) => create(resource, structuredClone(object) as Stored) as T,
    patch: async <T>(resource: Resource<T>, ref: ObjectRef, change: unknown, options: PatchOptions = {}) =>
      patch(resource, ref, structuredClone(change) as Stored, options) as T,
    delete: async (resource, ref) => {
      if (!objects.delete(keyOf(resource, ref))) fail(404, 'NotFound', 'not found');
    },
  };
  return { client, objects };
}

const fail = (status: number, reason: string, message: string): never => {
  throw new ApiError({ status, reason, message });
};

/** RFC 7386. */
function merged(before: unknown, change: unknown): unknown {
  if (!isRecord(change)) return change;
  const after = new Map(Object.entries(isRecord(before) ? before : {}));
  for (const [key, value] of Object.entries(change)) {
    if (value === null) after.delete(key);
    else after.set(key, merged(after.get(key), value));
  }
  return Object.fromEntries(after);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
