import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/log.ts';
import { optionalInformer, type OptionalInformer } from '../../kube/optional-informer.ts';
import { resources, type Resource } from '../../kube/resources.ts';
import { found } from '../sparkapplication/live.ts';
import { sameJson } from '../sparkapplication/merge-diff.ts';
import { contentOf, type Content, type Copied } from './copy.ts';
import { objectId, type NamedObject } from './named-objects.ts';

/** The resource of each kind that is copied. */
export const resourceOf = ({ kind }: NamedObject): Resource<Copied> =>
  kind === 'Secret' ? resources.secrets : resources.configmaps;

export interface SourceWatchOptions {
  readonly client: KubeClient;
  /** The operator's namespace, where the originals are. */
  readonly namespace: string;
  /** An original came, changed or went. */
  readonly onChange: (object: NamedObject) => void;
  readonly log: Logger;
}

/** The originals, each watched by its name, so that RBAC by resourceName suffices. */
export interface SourceWatches {
  /** Watches exactly these from now on, until `stop`. */
  want(objects: readonly NamedObject[]): void;
  /** Between the first `want` and `stop`. */
  isRunning(): boolean;
  /** Undefined when there is no such object. Throws ApiError when it cannot be read. */
  read(object: NamedObject): Promise<Content | undefined>;
  stop(): Promise<void>;
}

interface Watched {
  readonly informer: OptionalInformer<Copied, Content, never>;
  readonly stop: AbortController;
  readonly running: Promise<void>;
}

/** Where watching is not allowed, an original is read each time it is asked for. */
export function sourceWatches(options: SourceWatchOptions): SourceWatches {
  const { client, namespace } = options;
  const watched = new Map<string, Watched>();
  let runs = false;
  const end = async (id: string, { stop, running }: Watched): Promise<void> => {
    watched.delete(id);
    stop.abort(new Error('Not wanted any more'));
    await running;
  };
  return {
    isRunning: () => runs,
    want: (objects) => {
      runs = true;
      const wanted = new Map(objects.map((object) => [objectId(object), object]));
      for (const [id, one] of [...watched]) if (!wanted.has(id)) void end(id, one);
      for (const [id, object] of wanted) if (!watched.has(id)) watched.set(id, begin(options, object));
    },
    read: async (object) => {
      const informer = watched.get(objectId(object))?.informer;
      if (informer?.listed() === true) return informer.store.get(`${namespace}/${object.name}`);
      const original = await found(client.get(resourceOf(object), { namespace, name: object.name }));
      return original === undefined ? undefined : contentOf(original);
    },
    stop: async () => {
      runs = false;
      await Promise.all([...watched].map(([id, one]) => end(id, one)));
    },
  };
}

function begin({ client, namespace, onChange, log }: SourceWatchOptions, object: NamedObject): Watched {
  const informer = optionalInformer<Copied, Content>({
    client,
    resource: resourceOf(object),
    selection: { namespace, fieldSelector: `metadata.name=${object.name}` },
    project: contentOf,
    same: sameJson,
    log,
    without: 'its changes until the next look at all copies',
  });
  informer.onChange(() => onChange(object));
  const stop = new AbortController();
  return { informer, stop, running: informer.run(stop.signal) };
}
