import { duration } from '../../terminal/duration.ts';
import type { Cli, Kubernetes } from '../cli.ts';
import type { Cluster, Magnum } from '../container-infra/magnum.ts';
import type { OpenCloud } from '../with-cloud.ts';
import { adminEntry, entryName, type AdminEntry } from './admin-entry.ts';
import { apiAddress } from './api-address.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { explainAccess } from './explain-access.ts';
import { originFor, type CertificateEntry, type KubeconfigEntry } from './entry.ts';
import { keystonePlugin } from './keystone-plugin.ts';
import { serviceAccountToken } from './service-account-token.ts';
import type { ServiceAccountName } from './stored-entries.ts';
import { contextName, type UserChoice } from './user-choice.ts';

/** For what cluster, and how, entries are made. */
export interface EntryRequest {
  readonly cluster: Cluster;
  readonly region: string;
  readonly apiAddress: string | undefined;
  readonly proxyUrl: string | undefined;
  /** Life of service account tokens. */
  readonly durationMs: number;
}

/** What entries are made with. */
export interface EntryMaker {
  readonly cli: Pick<Cli, 'progress' | 'now'>;
  readonly magnum: Pick<Magnum, 'authority' | 'sign'>;
  readonly cloud: Pick<OpenCloud, 'config' | 'login'>;
  /** Opens the cluster as its administrator. */
  readonly openEntry: (entry: CertificateEntry) => Omit<Kubernetes, 'kubeconfig'>;
}

export interface MadeEntry {
  readonly choice: UserChoice;
  readonly entry: KubeconfigEntry;
  /** Undefined where a program gets the credentials anew each time. */
  readonly expiresAt: Date | undefined;
  readonly warnings: readonly string[];
}

/**
 * Makes the entry of a kubeconfig for a user: lets Magnum sign a certificate, the API server make a token, or names the program
 * that talks to Keystone.
 * @throws UserError, OpenStackError, ApiError
 */
export async function makeEntry(maker: EntryMaker, request: EntryRequest, choice: UserChoice): Promise<MadeEntry> {
  if (choice.kind === 'account') return accountEntry(maker, request, choice.account);
  if (choice.kind === 'keystone') return keystoneEntry(maker, request);
  const { warning, expiresAt, ...entry } = await administrator(maker, request);
  return { choice, entry, expiresAt, warnings: listed(warning) };
}

const listed = (warning: string | undefined): readonly string[] => (warning === undefined ? [] : [warning]);

const administrator = ({ cli, magnum }: EntryMaker, { cluster, ...options }: EntryRequest): Promise<AdminEntry> =>
  cli.progress.step('Certificate, signed by the cluster', () => adminEntry(magnum, cluster, options), '2 s');

async function keystoneEntry({ magnum, cloud }: EntryMaker, request: EntryRequest): Promise<MadeEntry> {
  const { cluster, region, proxyUrl } = request;
  const plugin = keystonePlugin(cluster, cloud.config, cloud.login);
  const { server, warning } = apiAddress(cluster, request.apiAddress, proxyUrl !== undefined);
  const name = entryName(cluster.name, region);
  const choice = { kind: 'keystone' } as const;
  const entry = {
    name: contextName(name, choice),
    cluster: name,
    server,
    caPem: await magnum.authority(cluster.uuid),
    origin: originFor(cluster, region, request.apiAddress),
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    plugin,
  };
  return { choice, entry, expiresAt: undefined, warnings: listed(warning) };
}

/** The administrator's certificate lives only as long as it takes to ask for the token. */
async function accountEntry(maker: EntryMaker, request: EntryRequest, account: ServiceAccountName): Promise<MadeEntry> {
  const choice = { kind: 'account', account } as const;
  const { name, server, caPem, origin, proxyUrl, warning, ...keys } = await administrator(maker, request);
  const { client, close } = maker.openEntry({ name, server, caPem, ...keys });
  try {
    const work = () => serviceAccountToken(client, account, request.durationMs / 1000);
    const { token, expiresAt } = await maker.cli.progress.step(`Account and token of ${account.name}`, work, '1 s');
    const entry = {
      name: contextName(name, choice),
      cluster: name,
      server,
      caPem,
      ...(origin === undefined ? {} : { origin }),
      ...(proxyUrl === undefined ? {} : { proxyUrl }),
      namespace: account.namespace,
      token,
    };
    return {
      choice,
      entry,
      expiresAt,
      warnings: [...listed(warning), ...shortened(request, expiresAt, maker.cli.now())],
    };
  } catch (error) {
    throw explained(error, server, maker);
  } finally {
    await close();
  }
}

/** API servers may bound the life of tokens (`--service-account-max-token-expiration`). */
function shortened({ durationMs }: EntryRequest, expiresAt: Date, now: Date): readonly string[] {
  const life = expiresAt.getTime() - now.getTime();
  // A minute for clocks that differ.
  return life >= durationMs - 60_000 ? [] : [`The API server lets the token live ${duration(life)} only`];
}

/** What stands in the way is not the authority: Magnum has told it just now. */
function explained(error: unknown, server: string, { cli }: EntryMaker): unknown {
  const trouble = connectionTrouble(error);
  if (trouble === undefined) return error;
  return explainAccess({ trouble, error, server, chosen: undefined, rotated: false, now: cli.now() });
}
