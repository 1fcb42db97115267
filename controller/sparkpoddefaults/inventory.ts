import { createHash } from 'node:crypto';
import type { ConfigMap } from '../../api/kubernetes.ts';
import { ANNOTATION_PROPAGATED_FROM, LABEL_MANAGED_BY, LABEL_PROPAGATED_BY, MANAGED_BY } from '../../api/labels.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isAlreadyExists, isForbidden, isNotFound } from '../../kube/errors.ts';
import type { Logger } from '../../kube/log.ts';
import { resources } from '../../kube/resources.ts';
import { objectId, type NamedObject } from './named-objects.ts';

/** Value of the label by which inventories are found. */
const INVENTORY = 'inventory';

export interface InventoryOptions {
  readonly client: KubeClient;
  readonly operatorNamespace: string;
  /** Namespaces to look in; empty = all. */
  readonly namespaces: readonly string[];
  readonly log: Logger;
}

/**
 * Which copies a namespace holds, written down in a ConfigMap beside them before they are made and until they are removed:
 * the operator may not list Secrets, and without this nobody would know what to remove of defaults that were deleted while
 * the operator was down.
 */
export interface Inventories {
  /** Reads all inventories, once. Throws ApiError. */
  load(): Promise<void>;
  /** What the copies of a namespace are, as far as they were written down. */
  of(namespace: string): readonly NamedObject[];
  /** Writes down that these are all copies of the namespace; nothing when that is known. Throws ApiError. */
  write(namespace: string, copies: readonly NamedObject[]): Promise<void>;
  /** The namespace is gone, and all in it. */
  forget(namespace: string): void;
}

type Known = Map<string, readonly ConfigMap[]>;

/** No inventory is ever changed: a new one is made under the name of its content, then older ones are deleted. */
export function inventories(options: InventoryOptions): Inventories {
  const { client, operatorNamespace } = options;
  const known: Known = new Map<string, readonly ConfigMap[]>();
  let loading: Promise<void> | undefined;
  return {
    load: async () => {
      loading ??= load(options, known).catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      await loading;
    },
    of: (namespace) => entriesOf(known.get(namespace) ?? []),
    write: async (namespace, copies) => {
      const before = known.get(namespace) ?? [];
      const text = textOf(copies);
      if (tells(before, text)) return;
      const next = text === '' ? [] : [await create(client, inventoryOf(namespace, operatorNamespace, text))];
      known.set(namespace, [...next, ...before]);
      const kept = next[0]?.metadata?.name;
      await Promise.all(before.filter(({ metadata }) => metadata?.name !== kept).map((one) => remove(client, one)));
      known.set(namespace, next);
      if (next.length === 0) known.delete(namespace);
    },
    forget: (namespace) => void known.delete(namespace),
  };
}

async function load({ client, operatorNamespace, namespaces, log }: InventoryOptions, known: Known): Promise<void> {
  const scopes = namespaces.length === 0 ? [{}] : namespaces.map((namespace) => ({ namespace }));
  const labelSelector = `${LABEL_PROPAGATED_BY}=${INVENTORY}`;
  try {
    const pages = await Promise.all(
      scopes.map((scope) => client.list(resources.configmaps, { ...scope, labelSelector })),
    );
    for (const object of pages.flatMap(({ items }) => items).filter((one) => isOurs(one, operatorNamespace))) {
      const namespace = object.metadata?.namespace ?? '';
      known.set(namespace, [...(known.get(namespace) ?? []), object]);
    }
  } catch (error) {
    if (!isForbidden(error)) throw error;
    log.warn({ err: error }, 'Cannot read which copies there are: those of deleted SparkPodDefaults stay');
  }
}

const isOurs = ({ metadata }: ConfigMap, operatorNamespace: string): boolean =>
  metadata?.annotations?.[ANNOTATION_PROPAGATED_FROM] === operatorNamespace;

/** Whether that is already what is written down, in one place or, for nothing, in none. */
const tells = (objects: readonly ConfigMap[], text: string): boolean =>
  text === '' ? objects.length === 0 : objects.length === 1 && objects[0]?.data?.['copies'] === text;

const textOf = (copies: readonly NamedObject[]): string => [...new Set(copies.map(objectId))].sort().join('\n');

/** `Secret/name` and `ConfigMap/name`, one in a line; what is neither was not written by us. */
function entriesOf(objects: readonly ConfigMap[]): readonly NamedObject[] {
  const lines = objects.flatMap(({ data }) => (data?.['copies'] ?? '').split('\n'));
  return [...new Set(lines)].flatMap((line): readonly NamedObject[] => {
    const [kind, name = ''] = line.split('/');
    return (kind === 'Secret' || kind === 'ConfigMap') && name !== '' ? [{ kind, name }] : [];
  });
}

function inventoryOf(namespace: string, operatorNamespace: string, copies: string): ConfigMap {
  const hash = createHash('sha256').update(`${operatorNamespace}\n${copies}`).digest('hex').slice(0, 12);
  return {
    metadata: {
      name: `spark-operator-copies-${hash}`,
      namespace,
      labels: { [LABEL_MANAGED_BY]: MANAGED_BY, [LABEL_PROPAGATED_BY]: INVENTORY },
      annotations: { [ANNOTATION_PROPAGATED_FROM]: operatorNamespace },
    },
    data: { copies },
  };
}

/** One of the same name has the same content. */
async function create(client: KubeClient, object: ConfigMap): Promise<ConfigMap> {
  try {
    return await client.create(resources.configmaps, object);
  } catch (error) {
    if (isAlreadyExists(error)) return object;
    throw error;
  }
}

async function remove(client: KubeClient, { metadata }: ConfigMap): Promise<void> {
  const { namespace, name = '' } = metadata ?? {};
  try {
    await client.delete(resources.configmaps, { namespace, name });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
