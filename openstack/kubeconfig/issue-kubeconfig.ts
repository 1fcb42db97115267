import type { Cli } from '../cli.ts';
import type { Cluster, Magnum } from '../container-infra/magnum.ts';
import type { OpenCloud } from '../with-cloud.ts';
import { entryName } from './admin-entry.ts';
import { apiAddress } from './api-address.ts';
import type { KubeconfigEntry } from './entry.ts';
import { knownContexts } from './known-contexts.ts';
import { changeKubeconfig, kubeconfigToWrite } from './kubeconfig-file.ts';
import { makeEntry, type EntryMaker, type EntryRequest } from './make-entry.ts';
import { mergeEntries } from './merge-entry.ts';
import { openEntry } from './open-entry.ts';
import { planEntries, type EntryPlan } from './plan-entries.ts';
import type { StoredEntry } from './stored-entries.ts';
import { contextName, type UserChoice } from './user-choice.ts';

export interface IssueRequest extends EntryRequest {
  readonly magnum: Pick<Magnum, 'authority' | 'sign'>;
  readonly cloud: Pick<OpenCloud, 'config' | 'login'>;
  readonly cluster: Cluster;
  /** Undefined: those that are there, else the administrator. */
  readonly user: UserChoice | undefined;
  readonly renew: boolean;
  /** A file (undefined: the one that kubectl would write), or nothing but the text. */
  readonly target: { readonly kind: 'stdout' } | { readonly kind: 'file'; readonly path: string | undefined };
  readonly setCurrent: boolean;
  /** Nothing is made or written. */
  readonly dryRun: boolean;
}

export interface IssuedEntry {
  readonly context: string;
  readonly choice: UserChoice;
  readonly state: 'made' | 'kept' | 'would be made';
  readonly expiresAt: Date | undefined;
  /** Why an entry that was there was made anew. */
  readonly why: string | undefined;
}

export interface Issued {
  readonly entries: readonly IssuedEntry[];
  readonly warnings: readonly string[];
  /** Undefined when nothing was written. */
  readonly file: string | undefined;
  /** The file as it was before. */
  readonly backup: string | undefined;
  /** The kubeconfig, when it goes to standard output. It holds secrets. */
  readonly text: string | undefined;
}

/** Makes and writes what is to be in a kubeconfig for one cluster; what is well there is kept. @throws UserError, OpenStackError, ApiError */
export async function issueKubeconfig(cli: Cli, asked: IssueRequest): Promise<Issued> {
  const file = asked.target.kind === 'stdout' ? undefined : (asked.target.path ?? kubeconfigToWrite(cli));
  const stored = file === undefined ? [] : await storedOf(cli, file, asked);
  const request = { ...asked, ...placeOf(asked, stored) };
  const { magnum, cloud, cluster } = request;
  const plans = planEntries({
    ...request,
    stored,
    uuid: cluster.uuid,
    authorityPem: await magnum.authority(cluster.uuid),
    server: apiAddress(cluster, request.apiAddress).server,
    nowMs: cli.now().getTime(),
  });
  if (request.dryRun)
    return { ...nothingDone, entries: plans.map((plan) => planned(plan, cluster, request.region)), file };
  const done: Done[] = [];
  for (const plan of plans) done.push(await carryOut({ cli, magnum, cloud, openEntry }, request, plan));
  const entries = done.map(({ issued }) => issued);
  const made = done.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
  const current = request.setCurrent ? entries[0]?.context : undefined;
  const told = { entries, warnings: done.flatMap(({ warnings }) => warnings), file };
  if (file === undefined) return { ...told, backup: undefined, text: mergeEntries('', made, current) };
  const { backup } = await changeKubeconfig(cli, file, (before) => mergeEntries(before, made, current));
  return { ...told, backup, text: undefined };
}

const nothingDone = { warnings: [], backup: undefined, text: undefined };

function planned(plan: EntryPlan, { name }: Cluster, region: string): IssuedEntry {
  if (plan.action === 'keep') return kept(plan);
  const { choice, why } = plan;
  return {
    context: contextName(entryName(name, region), choice),
    choice,
    state: 'would be made',
    expiresAt: undefined,
    why,
  };
}

const kept = ({ choice, context, expiresAt }: Extract<EntryPlan, { action: 'keep' }>): IssuedEntry => ({
  context,
  choice,
  state: 'kept',
  expiresAt,
  why: undefined,
});

async function storedOf(cli: Cli, file: string, { cluster, region }: IssueRequest): Promise<readonly StoredEntry[]> {
  const { contexts } = await knownContexts(cli, file);
  return contexts.map(({ entry }) => entry).filter((entry) => entry.cluster === entryName(cluster.name, region));
}

/** The way to the API server that a person once told is kept, unless it is told anew. All users of a cluster share it. */
function placeOf(
  { cluster, apiAddress: address, proxyUrl }: IssueRequest,
  stored: readonly StoredEntry[],
): Pick<EntryRequest, 'apiAddress' | 'proxyUrl'> {
  const before = stored.find(({ origin }) => origin?.uuid === cluster.uuid);
  return {
    apiAddress: address ?? (before?.origin?.address === 'given' ? before.server : undefined),
    proxyUrl: proxyUrl ?? before?.proxyUrl,
  };
}

interface Done {
  readonly issued: IssuedEntry;
  /** Undefined for one that is kept. */
  readonly entry: KubeconfigEntry | undefined;
  readonly warnings: readonly string[];
}

async function carryOut(maker: EntryMaker, request: EntryRequest, plan: EntryPlan): Promise<Done> {
  if (plan.action === 'keep') return { issued: kept(plan), entry: undefined, warnings: [] };
  const { entry, choice, expiresAt, warnings } = await makeEntry(maker, request, plan.choice);
  return { issued: { context: entry.name, choice, state: 'made', expiresAt, why: plan.why }, entry, warnings };
}
