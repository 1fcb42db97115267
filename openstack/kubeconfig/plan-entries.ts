import { readCertificate } from '../../certificates/pem.ts';
import { knowsAuthority } from './authority.ts';
import type { StoredEntry } from './stored-entries.ts';
import { choiceOf, userText, type UserChoice } from './user-choice.ts';

/** Before a certificate ends it is made anew. */
export const RENEW_BEFORE_MS = 30 * 86_400_000;

/** What is to be done for one user of a cluster's kubeconfig. */
export type EntryPlan =
  | { readonly action: 'make'; readonly choice: UserChoice; readonly why: string | undefined }
  | { readonly action: 'keep'; readonly choice: UserChoice; readonly context: string; readonly expiresAt: Date };

export interface PlanFacts {
  /** Entries of the cluster that are in the file. */
  readonly stored: readonly StoredEntry[];
  /** `--user`; undefined: whoever is there, else the administrator. */
  readonly user: UserChoice | undefined;
  readonly renew: boolean;
  readonly uuid: string;
  /** What Magnum names now. */
  readonly authorityPem: string;
  /** Of the API server, as it would be written. */
  readonly server: string;
  readonly proxyUrl: string | undefined;
  readonly nowMs: number;
}

/**
 * Which entries are made, and which are kept: an administrator's certificate lives for years and can only be revoked with the
 * authority, so none is made without need. Tokens are always made anew.
 */
export function planEntries(facts: PlanFacts): readonly EntryPlan[] {
  return choicesOf(facts).map((choice) => planFor(choice, facts));
}

function choicesOf({ stored, user, renew }: PlanFacts): readonly UserChoice[] {
  if (user !== undefined) return [user];
  const there = renew ? stored.map(choiceOf).filter((choice) => choice !== undefined) : [];
  return there.length > 0 ? there : [{ kind: 'admin' }];
}

function planFor(choice: UserChoice, facts: PlanFacts): EntryPlan {
  const before = facts.stored.find((entry) => {
    const found = choiceOf(entry);
    return found !== undefined && userText(found) === userText(choice);
  });
  const make = (why: string | undefined): EntryPlan => ({ action: 'make', choice, why });
  if (before === undefined) return make(undefined);
  const why = faultOf(before, facts);
  if (why !== undefined || facts.renew || before.user.kind !== 'certificate') return make(why);
  const expiresAt = readCertificate(before.user.certPem)?.validToDate;
  return expiresAt === undefined ? make(undefined) : { action: 'keep', choice, context: before.context, expiresAt };
}

type Check = (entry: StoredEntry, facts: PlanFacts) => boolean;

/** Why an entry cannot stay as it is; the first reason counts. */
const faults: readonly (readonly [string, Check])[] = [
  ['it was for another cluster of this name', ({ origin }, { uuid }) => origin?.uuid !== uuid],
  ["the cluster's authority was rotated", ({ caPem = '' }, { authorityPem }) => !knowsAuthority(caPem, authorityPem)],
  [
    'its certificate ends, or has ended',
    ({ user }, { nowMs }) => user.kind === 'certificate' && endOf(user.certPem) <= nowMs + RENEW_BEFORE_MS,
  ],
  ['the address of the API server is another one', (entry, { server }) => entry.server !== server],
  ['the proxy is another one', (entry, { proxyUrl }) => entry.proxyUrl !== proxyUrl],
];

const faultOf = (entry: StoredEntry, facts: PlanFacts): string | undefined =>
  faults.find(([, applies]) => applies(entry, facts))?.[0];

const endOf = (certPem: string): number => readCertificate(certPem)?.validToDate.getTime() ?? 0;
