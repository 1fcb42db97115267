import type { Secret } from '../api/kubernetes.ts';
import type { KubeClient } from './client.ts';
import { isAlreadyExists, isConflict, isNotFound } from './errors.ts';
import type { ObjectRef } from './key.ts';
import { resources } from './resources.ts';

/** The data of a Secret, decoded from base64, and the version in which it was seen. */
export interface SecretContent {
  readonly data: Readonly<Record<string, string>>;
  readonly version: string;
}

/** One Secret that several processes read and write. */
export interface SecretStore {
  /** Undefined = it does not exist. Throws an ApiError when that cannot be said. */
  read(): Promise<SecretContent | undefined>;
  /**
   * Creates it (`previous` undefined), or writes these keys and leaves others alone, unless it has changed since
   * `previous`. Resolves with false when another writer was faster; throws every other ApiError.
   */
  write(data: Readonly<Record<string, string>>, previous: SecretContent | undefined): Promise<boolean>;
}

export interface SecretStoreOptions {
  readonly client: KubeClient;
  readonly secret: ObjectRef;
  /** For a Secret that is created here. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Reads and writes one Secret (type Opaque) by compare-and-swap on its `resourceVersion`. */
export function secretStore({ client, secret, labels }: SecretStoreOptions): SecretStore {
  return {
    read: () => unless(isNotFound, async () => contentOf(await client.get(resources.secrets, secret))),
    write: async (data, previous) => {
      const encoded = mapValues(data, (text) => Buffer.from(text, 'utf8').toString('base64'));
      if (previous === undefined) {
        const { name, namespace = 'default' } = secret;
        const metadata = { name, namespace, ...(labels === undefined ? {} : { labels }) };
        const object = { metadata, type: 'Opaque', data: encoded };
        return won(isAlreadyExists, () => client.create(resources.secrets, object));
      }
      const patch = { metadata: { resourceVersion: previous.version }, data: encoded };
      // Not found: it has been deleted meanwhile, which is a change like any other.
      const lost = (error: unknown): boolean => isConflict(error) || isNotFound(error);
      return won(lost, () => client.patch(resources.secrets, secret, patch));
    },
  };
}

/** The content of a Secret as the API server sent it. */
export const contentOf = ({ metadata, data }: Secret): SecretContent => ({
  version: metadata?.resourceVersion ?? '',
  data: mapValues(data ?? {}, (encoded) => Buffer.from(encoded, 'base64').toString('utf8')),
});

const mapValues = (
  record: Readonly<Record<string, string>>,
  map: (value: string) => string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

async function unless<T>(expected: (error: unknown) => boolean, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (expected(error)) return undefined;
    throw error;
  }
}

async function won(lost: (error: unknown) => boolean, write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (lost(error)) return false;
    throw error;
  }
}
