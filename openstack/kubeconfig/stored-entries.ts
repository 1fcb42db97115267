import { ORIGIN_EXTENSION, originFor, type Origin } from './entry.ts';
import { currentContextOf, readKubeconfigText } from './kubeconfig-text.ts';

/** A context of a kubeconfig with what matters of its cluster and user. Secrets stay in the file. */
export interface StoredEntry {
  readonly context: string;
  /** Name of the cluster's entry. */
  readonly cluster: string;
  readonly namespace: string | undefined;
  readonly server: string;
  readonly proxyUrl: string | undefined;
  /** Undefined when the authority lies in a file of its own, or is not told. */
  readonly caPem: string | undefined;
  /** Undefined for entries that are not ours. */
  readonly origin: Origin | undefined;
  readonly user: StoredUser;
}

export type StoredUser =
  | { readonly kind: 'certificate'; readonly certPem: string }
  /** Of a service account; the end is unknown for tokens that are no JWT. */
  | { readonly kind: 'token'; readonly account: ServiceAccountName | undefined; readonly expiresAt: Date | undefined }
  | { readonly kind: 'plugin'; readonly command: string }
  | { readonly kind: 'other' };

export interface ServiceAccountName {
  readonly namespace: string;
  readonly name: string;
}

/** The contexts of a kubeconfig in their order. @throws NoKubeconfigError */
export function storedEntries(text: string): readonly StoredEntry[] {
  const file = tree(readKubeconfigText(text).toJS());
  const clusters = byName(file['clusters'], 'cluster');
  const users = byName(file['users'], 'user');
  return [...byName(file['contexts'], 'context')].map(([context, body]) => {
    const cluster = string(body['cluster']) ?? '';
    const place = clusters.get(cluster) ?? {};
    return {
      context,
      cluster,
      namespace: string(body['namespace']),
      server: string(place['server']) ?? '',
      proxyUrl: string(place['proxy-url']),
      caPem: decoded(place['certificate-authority-data']),
      origin: originOf(place['extensions']),
      user: userOf(users.get(string(body['user']) ?? '') ?? {}),
    };
  });
}

/** Name of the context that kubectl uses when none is named; '' for none. @throws NoKubeconfigError */
export const currentContext = (text: string): string => currentContextOf(readKubeconfigText(text));

type Tree = Readonly<Record<string, unknown>>;

/** Parse boundary: whatever is no mapping counts as an empty one. */
const tree = (value: unknown): Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const listIn = (value: unknown): readonly Tree[] => (Array.isArray(value) ? value.map(tree) : []);

const string = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const byName = (list: unknown, key: string): ReadonlyMap<string, Tree> =>
  new Map(listIn(list).map((entry) => [string(entry['name']) ?? '', tree(entry[key])]));

const decoded = (value: unknown): string | undefined => {
  const data = string(value);
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
};

function originOf(extensions: unknown): Origin | undefined {
  const ours = listIn(extensions).find(({ name }) => name === ORIGIN_EXTENSION);
  const { cluster, uuid, region, address } = tree(ours?.['extension']);
  const [name, id, where] = [string(cluster), string(uuid), string(region)];
  if (name === undefined || id === undefined || where === undefined) return undefined;
  return originFor({ name, uuid: id }, where, string(address));
}

function userOf(user: Tree): StoredUser {
  const certPem = decoded(user['client-certificate-data']);
  if (certPem !== undefined) return { kind: 'certificate', certPem };
  const token = string(user['token']);
  if (token !== undefined) return { kind: 'token', ...claimsOf(token) };
  const command = string(tree(user['exec'])['command']);
  return command === undefined ? { kind: 'other' } : { kind: 'plugin', command };
}

/** Kubernetes signs tokens of service accounts as JWTs; nothing is verified here, it is our own file. */
function claimsOf(token: string): { account: ServiceAccountName | undefined; expiresAt: Date | undefined } {
  const { sub, exp } = payloadOf(token);
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(string(sub) ?? '') ?? [];
  return {
    account: namespace === undefined || name === undefined ? undefined : { namespace, name },
    expiresAt: typeof exp === 'number' ? new Date(exp * 1000) : undefined,
  };
}

function payloadOf(token: string): Tree {
  try {
    return tree(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
