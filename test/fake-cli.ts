import { ApiError } from '../kube/errors.ts';
import type { ObjectRef } from '../kube/key.ts';
import { resources, type Resource } from '../kube/resources.ts';
import type { Cli, Cluster, CreateOptions, ListQuery, PodLogOptions } from '../sparkctl/cli.ts';
import { run } from '../sparkctl/run.ts';
import { UserError } from '../terminal/user-error.ts';

/** An object in the fake cluster. */
export interface FakeObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Unset: of the whole cluster. */
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** A cluster in memory, and what else a command line sees. Time begins at 2026-01-01T00:10:00Z. */
export interface FakeWorld {
  readonly objects?: readonly FakeObject[];
  /** Text of a log by pod name. */
  readonly logs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** False: the cluster does not know our kinds. */
  readonly installed?: boolean;
  /** What the API server answers instead, by `verb plural`. */
  readonly failures?: Readonly<Record<string, ApiError>>;
  readonly colour?: boolean;
  /** What happens after so many seconds: an object appears or replaces one of its name, goes away, or Ctrl-C is pressed. */
  readonly later?: Readonly<Record<number, FakeObject | { readonly gone: string } | 'interrupt'>>;
  /** Seconds until the Spark UI listens. */
  readonly uiAnswersAfter?: number;
  /** Local ports that are taken. */
  readonly takenPorts?: readonly number[];
}

/** What came of a command line. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Every request that changes something, as `verb kind namespace/name`. */
  readonly writes: readonly string[];
  /** Log requests. */
  readonly logRequests: readonly PodLogOptions[];
  readonly forwarded: readonly { readonly local: number; readonly remote: number }[];
  /** Fake seconds that went by. */
  readonly seconds: number;
}

/** Runs one command line (without `sparkctl`) in a fake world. */
export async function sparkctl(args: readonly string[], world: FakeWorld = {}): Promise<Outcome> {
  const fake = new Fake(world);
  const code = await run(args, fake.cli);
  return { code, ...fake.outcome() };
}

const START = Date.parse('2026-01-01T00:10:00Z');

class Fake {
  readonly #world: FakeWorld;
  #objects: readonly FakeObject[];
  #seconds = 0;
  readonly #out: string[] = [];
  readonly #err: string[] = [];
  readonly #writes: string[] = [];
  readonly #logRequests: PodLogOptions[] = [];
  readonly #forwarded: { local: number; remote: number }[] = [];
  readonly #interrupt = new AbortController();
  readonly #followers = new Set<(object: FakeObject) => void>();

  constructor(world: FakeWorld) {
    this.#world = world;
    this.#objects = world.objects ?? [];
  }

  outcome(): Omit<Outcome, 'code'> {
    return {
      out: this.#out.join(''),
      err: this.#err.join(''),
      writes: this.#writes,
      logRequests: this.#logRequests,
      forwarded: this.#forwarded,
      seconds: this.#seconds,
    };
  }

  get cli(): Cli {
    return {
      terminal: {
        print: (line) => void this.#out.push(`${line}\n`),
        printError: (line) => void this.#err.push(`${line}\n`),
        write: async (chunk) => void this.#out.push(new TextDecoder().decode(chunk)),
        colour: this.#world.colour ?? false,
      },
      readFile: async (path) => {
        const text = this.#world.files?.[path];
        if (text === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
        return text;
      },
      connect: async ({ namespace = 'default', kubeconfig }) => {
        if (kubeconfig === 'missing') throw new UserError('missing: no such file', { exitCode: 5 });
        return this.#cluster(namespace);
      },
      now: () => new Date(START + this.#seconds * 1000),
      sleep: (milliseconds) => this.#sleep(milliseconds),
      interrupted: this.#interrupt.signal,
    };
  }

  #cluster(namespace: string): Cluster {
    return {
      server: 'https://fake:6443',
      namespace,
      get: async (resource, ref) => this.#find(resource, ref, 'get'),
      list: async (resource, query) => this.#list(resource, query),
      create: async (resource, object, options) => this.#create(resource, object, options),
      apply: async (resource, object, ref) => this.#apply(resource, object, ref),
      delete: async (resource, ref) => {
        this.#find(resource, ref, 'delete');
        this.#writes.push(`delete ${resource.kind} ${ref.namespace ?? ''}/${ref.name}`);
        this.#remove(resource.kind, ref.name);
      },
      follow: (resource, query, deliver, stop) => this.#follow(resource, query, deliver, stop),
      podLog: async (pod, options, write) => {
        this.#find(resources.pods, pod, 'get');
        this.#logRequests.push(options);
        await write(new TextEncoder().encode(this.#world.logs?.[pod.name] ?? ''));
      },
      forward: async (_pod, ports) => {
        if (this.#world.takenPorts?.includes(ports.local) === true) {
          throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });
        }
        this.#forwarded.push(ports);
        return {
          localPort: ports.local === 0 ? 50_000 : ports.local,
          answers: async () => this.#seconds >= (this.#world.uiAnswersAfter ?? 0),
          close: async () => {},
        };
      },
      close: async () => {},
    };
  }

  /** Time passes second by second, so that what is planned happens in its order. */
  async #sleep(milliseconds: number): Promise<void> {
    const end = this.#seconds + milliseconds / 1000;
    if (end > 3600) throw new Error('the command waited for an hour: nothing will happen any more');
    for (; this.#seconds < end && !this.#interrupt.signal.aborted; this.#seconds += 1) {
      const change = this.#world.later?.[this.#seconds + 1];
      if (change === 'interrupt') this.#interrupt.abort();
      else if (change !== undefined && 'gone' in change) this.#remove(undefined, change.gone);
      else if (change !== undefined) this.#put(change);
      await new Promise(setImmediate);
    }
  }

  #put(object: FakeObject): void {
    this.#remove(object.kind, object.metadata.name);
    this.#objects = [...this.#objects, object];
    for (const follower of this.#followers) follower(object);
  }

  #remove(kind: string | undefined, name: string): void {
    this.#objects = this.#objects.filter(
      (object) => object.metadata.name !== name || (kind !== undefined && object.kind !== kind),
    );
  }

  #find<T>(resource: Resource<T>, { namespace, name }: ObjectRef, verb: string): T {
    this.#fail(resource, verb);
    const found = this.#objects.find(
      ({ kind, metadata }) => kind === resource.kind && metadata.namespace === namespace && metadata.name === name,
    );
    if (found === undefined) {
      throw apiError(404, 'NotFound', `${groupResource(resource)} "${name}" not found`);
    }
    return wire(resource, found);
  }

  #list<T>(resource: Resource<T>, query: ListQuery): readonly T[] {
    this.#fail(resource, 'list');
    return this.#objects
      .filter((object) => object.kind === resource.kind && selects(query, object))
      .map((object) => wire(resource, object));
  }

  #create(resource: Resource, object: object, { ref: { namespace = '', name }, dryRun }: CreateOptions): unknown {
    this.#fail(resource, 'create');
    const taken = this.#objects.some((one) => one.kind === resource.kind && one.metadata.name === name);
    if (taken) throw apiError(409, 'AlreadyExists', `${groupResource(resource)} "${name}" already exists`);
    if (!dryRun) {
      this.#writes.push(`create ${resource.kind} ${namespace}/${name}`);
      this.#put({ ...object, kind: resource.kind, metadata: { name, namespace, uid: 'uid-of-created' } });
    }
    return { metadata: { name, namespace } };
  }

  /** As the API server does: an object that already is as it shall be keeps its version. */
  #apply(resource: Resource, object: object, { namespace, name }: ObjectRef): FakeObject {
    this.#fail(resource, 'apply');
    const there = this.#objects.find(
      ({ kind, metadata }) => kind === resource.kind && metadata.namespace === namespace && metadata.name === name,
    );
    const own = { name, ...(namespace === undefined ? {} : { namespace }) };
    const wanted: FakeObject = { ...there, ...object, kind: resource.kind, metadata: { ...there?.metadata, ...own } };
    this.#writes.push(`apply ${resource.kind} ${namespace ?? ''}/${name}`);
    const same = there !== undefined && contains(there, object);
    if (same) return there;
    const applied = merged(wanted, object);
    const version = String(Number(there?.metadata.resourceVersion ?? 0) + 1);
    const stored: FakeObject = { ...applied, metadata: { ...applied.metadata, resourceVersion: version } };
    this.#put(stored);
    return stored;
  }

  async #follow<T>(
    resource: Resource<T>,
    query: ListQuery,
    deliver: (objects: readonly T[]) => void,
    stop: AbortSignal,
  ): Promise<void> {
    deliver(this.#list(resource, query));
    const follower = (object: FakeObject): void => {
      if (object.kind === resource.kind && selects(query, object)) deliver([wire(resource, object)]);
    };
    this.#followers.add(follower);
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    this.#followers.delete(follower);
  }

  #fail(resource: Resource, verb: string): void {
    const planned = this.#world.failures?.[`${verb} ${resource.plural}`];
    if (planned !== undefined) throw planned;
    if (this.#world.installed === false && resource.group !== '') {
      throw apiError(404, 'NotFound', '404 page not found');
    }
  }
}

/** An answer of the API server. */
export const apiError = (status: number, reason: string, message: string, causes: ApiError['causes'] = []): ApiError =>
  new ApiError({ status, reason, message, causes });

/** True when an object has all that another one says. */
const contains = (whole: unknown, part: unknown): boolean =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
    ? typeof whole === 'object' &&
      whole !== null &&
      Object.entries(part).every(([key, value]) => contains(Reflect.get(whole, key), value))
    : JSON.stringify(whole) === JSON.stringify(part);

/** The labels of both, the rest as applied. */
const merged = (before: FakeObject, { metadata }: { readonly metadata?: FakeObject['metadata'] }): FakeObject => ({
  ...before,
  metadata: { ...before.metadata, labels: { ...before.metadata.labels, ...metadata?.labels } },
});

/** The fake hands its objects out as the type that was asked for, as the real API server does. */
const wire = <T>(_resource: Resource<T>, object: object): T => object as T;

const groupResource = ({ plural, group }: Resource): string => (group === '' ? plural : `${plural}.${group}`);

function selects({ namespace, labelSelector = '', fieldSelector = '' }: ListQuery, object: FakeObject): boolean {
  const labels = terms(labelSelector).every(([key, value]) => object.metadata.labels?.[key] === value);
  const fields = terms(fieldSelector).every(([path, value]) => at(object, path) === value);
  return labels && fields && (namespace === undefined || object.metadata.namespace === namespace);
}

const terms = (selector: string): [string, string][] =>
  selector
    .split(',')
    .filter((term) => term !== '')
    .map((term) => [term.slice(0, term.indexOf('=')), term.slice(term.indexOf('=') + 1)]);

const at = (object: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      object,
    );
