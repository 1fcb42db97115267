import type { Flow } from './exchange.ts';
import type { ObjectRef } from './key.ts';
import { reading } from './client-read.ts';
import { streaming } from './client-watch.ts';
import { writing } from './client-write.ts';
import type { Query } from './paths.ts';
import type { Resource } from './resources.ts';
import type { Transport } from './transport.ts';

/** Which objects: everything when empty. Selectors are evaluated by the API server. */
export interface Selection {
  /** Left out = all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface ListOptions extends Selection {
  /** Objects per page (default 500). */
  readonly limit?: number | undefined;
  /** Left out = the newest state; `0` = whatever the server has in memory. */
  readonly resourceVersion?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A piece of a list. All pages of one list show one state: that of `resourceVersion`. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
}

export interface WatchOptions extends Selection {
  /** Where to begin: what a list, an object or a bookmark said last. */
  readonly resourceVersion?: string | undefined;
  /** The server ends the watch after so long (default 290). */
  readonly timeoutSeconds?: number | undefined;
  /** Fails with reason `Timeout` when no byte comes for so long (default 75 s: bookmarks come each minute). */
  readonly idleTimeoutMs?: number | undefined;
  readonly onOpen?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One line of a watch. A BOOKMARK carries nothing but `metadata.resourceVersion`. */
export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

export interface PatchOptions {
  readonly subresource?: 'status' | undefined;
  /** `merge` (RFC 7386, default), `json` (RFC 6902), `apply` (server-side apply, needs `fieldManager`). */
  readonly type?: 'merge' | 'json' | 'apply' | undefined;
  readonly fieldManager?: string | undefined;
  /** With `apply`: take fields over from other managers. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DeleteOptions {
  /** Delete only this incarnation: another answers 409. */
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan' | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface CreateOptions extends RequestOptions {
  /** `Strict` refuses unknown fields, as kubectl asks for; the API server's default only warns. */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore' | undefined;
  /** Checks everything, stores nothing. */
  readonly dryRun?: boolean | undefined;
}

/** The verbs of the API server over raw JSON: what comes back is what the server sent, unknown fields included. */
export interface KubeClient {
  readonly transport: Transport;
  get<T>(resource: Resource<T>, ref: ObjectRef, options?: RequestOptions): Promise<T>;
  /** All pages at once. `kind` and `apiVersion` are missing in items, as the API server leaves them out. */
  list<T>(resource: Resource<T>, options?: ListOptions): Promise<Page<T>>;
  /** Page by page, for lists that must not lie in memory as a whole. */
  pages<T>(resource: Resource<T>, options?: ListOptions): AsyncGenerator<Page<T>, void, undefined>;
  create<T>(resource: Resource<T>, object: T, options?: CreateOptions): Promise<T>;
  /** Full replacement; the object carries `metadata.resourceVersion` for optimistic locking. */
  update<T>(resource: Resource<T>, object: T, options?: RequestOptions): Promise<T>;
  patch<T>(resource: Resource<T>, ref: ObjectRef, patch: unknown, options?: PatchOptions): Promise<T>;
  /** Resolves when the API server accepted the deletion; finalizers and grace periods may still run. */
  delete(resource: Resource, ref: ObjectRef, options?: DeleteOptions): Promise<void>;
  /**
   * Calls `onEvent` for each event, in order. Resolves when the server ends the watch; rejects with an `ApiError` when
   * it breaks or is refused (410 = `resourceVersion` too old) and with the signal's reason when aborted.
   */
  watch<T>(resource: Resource<T>, options: WatchOptions, onEvent: (event: WatchEvent<T>) => void): Promise<void>;
  /** A text sub-resource such as `pods/log`, as it comes. */
  streamText(request: TextStream, onData: (chunk: Buffer, flow: Flow) => void): Promise<void>;
}

export interface TextStream {
  readonly resource: Resource;
  readonly ref: ObjectRef;
  readonly subresource: string;
  readonly query?: Query | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A client over a transport. Callers own the transport and close it. */
export const kubeClient = (transport: Transport): KubeClient => ({
  transport,
  ...reading(transport),
  ...writing(transport),
  ...streaming(transport),
});
