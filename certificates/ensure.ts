import { randomBytes } from 'node:crypto';
import { type CertificateDecision, decideCertificates, type Lives } from './decide.ts';
import { rsaKeyPair } from './key-pair.ts';
import type { MaterialStore, StoredData } from './material-store.ts';
import { dataOf, type Material, materialOf } from './material.ts';
import { type Mint, renew } from './renew.ts';

export interface EnsureOptions {
  readonly store: MaterialStore;
  /** Epoch milliseconds. */
  now(): number;
  /** What the certificate must be for; see `serviceDnsNames`. */
  readonly dnsNames: readonly string[];
  readonly lives: Lives;
  /** See `Situation.caBundles`; left out = not known. */
  readonly caBundles?: readonly string[] | undefined;
  /** See `Situation.jitter`. */
  readonly jitter?: number | undefined;
  /** Authorities (PEM) that must stay trusted although the store does not name them (any more). */
  readonly stillServed?: string | undefined;
  /** Makes everything new, whatever there is. */
  readonly force?: boolean | undefined;
  /** The beginning of the name of a new authority (default `spark-operator webhook`). */
  readonly authorityName?: string | undefined;
  /** For tests: random bytes and keys (default: node:crypto's). */
  readonly mint?: Partial<Mint> | undefined;
}

/** What was done, and what there is now. */
export interface EnsureOutcome {
  readonly action: CertificateDecision['kind'];
  /** Why; empty with `Keep`. */
  readonly reason: string;
  readonly material: Material;
  /** Epoch milliseconds: when to look again at the latest. 0 after a write: the next step may be due at once. */
  readonly renewAt: number;
}

/** So many others may be faster in a row; each time they leave something new to decide upon. */
const TRIES = 10;

/**
 * Takes one step towards a certificate that serves, if a step is due: read, decide, write if nobody else has written
 * meanwhile, else decide anew. Several processes that do this at once end with the material of one of them. Throws
 * what the store throws, and an Error when others were faster ten times in a row.
 */
export async function ensureCertificates(options: EnsureOptions): Promise<EnsureOutcome> {
  const forcedFrom = options.force === true ? await options.store.read() : undefined;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await options.store.read();
    const outcome = await step(options, stored, stored?.version === forcedFrom?.version);
    if (outcome !== undefined) return outcome;
  }
  throw new Error(`Others wrote the certificates ${TRIES} times in a row, each time before this process could`);
}

/** Undefined = another writer was faster. `asForced`: nothing has been written since the order to renew. */
async function step(
  options: EnsureOptions,
  stored: StoredData | undefined,
  asForced: boolean,
): Promise<EnsureOutcome | undefined> {
  const { store, dnsNames, lives, caBundles, jitter, stillServed, mint } = options;
  const material = stored === undefined ? undefined : materialOf(stored.data);
  const decision: CertificateDecision =
    options.force === true && asForced
      ? { kind: 'RenewAll', reason: 'as asked for' }
      : decideCertificates({ material, nowMs: options.now(), dnsNames, lives, caBundles, jitter });
  if (decision.kind === 'Keep') {
    // Keep is said of material only.
    return material === undefined ? undefined : { action: 'Keep', reason: '', material, renewAt: decision.renewAt };
  }
  const renewed = await renew({
    kind: decision.kind,
    material,
    dnsNames,
    lives,
    stillServed,
    authorityName: options.authorityName ?? 'spark-operator webhook',
    mint: { now: () => options.now(), random: randomBytes, keyPair: rsaKeyPair, ...mint },
  });
  if (!(await store.write(dataOf(renewed), stored))) return undefined;
  return { action: decision.kind, reason: decision.reason, material: renewed, renewAt: 0 };
}
