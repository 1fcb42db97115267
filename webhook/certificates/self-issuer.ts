import { decideCertificates, type Lives } from '../../certificates/decide.ts';
import { serviceDnsNames } from '../../certificates/dns-names.ts';
import { ensureCertificates, type EnsureOutcome } from '../../certificates/ensure.ts';
import { type Material, materialOf } from '../../certificates/material.ts';
import { setCaBundles, webhookConfigurations } from '../../kube/ca-bundle.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Clock } from '../../kube/clock.ts';
import { isNotFound } from '../../kube/errors.ts';
import type { ObjectRef } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import { type SecretContent, type SecretStore, secretStore } from '../../kube/secret-store.ts';
import type { CertificateMeter } from './certificate-metrics.ts';
import type { Held } from './held.ts';
import type { TrustedEntry } from './trust.ts';

export interface SelfIssuerOptions {
  readonly client: KubeClient;
  readonly log: Logger;
  readonly clock: Clock;
  readonly meter: CertificateMeter;
  readonly secret: ObjectRef;
  readonly service: ObjectRef;
  readonly configurationName: string;
  readonly lives: Lives;
  readonly jitter: number;
}

/** What a pass over the Secret came to. */
export interface Renewal {
  readonly material: Material | undefined;
  /** Epoch milliseconds. */
  readonly renewAt: number;
}

/** The webhook as its own certificate authority: the only part that writes. */
export interface SelfIssuer {
  /** Takes the next step that is due, judged by what the watches say, on the state of the API server itself. */
  renewIfDue(
    seen: SecretContent | undefined,
    entries: readonly TrustedEntry[] | undefined,
    held: Held | undefined,
  ): Promise<Renewal>;
  /** Makes the caBundles right, if the watches say that one is not. */
  spread(authoritiesPem: string, entries: readonly TrustedEntry[] | undefined): Promise<void>;
}

/** After a write the watch brings the next pass; this is for the case that it does not. */
const AFTER_WRITE_MS = 2_000;

export function selfIssuer(options: SelfIssuerOptions): SelfIssuer {
  const { client, secret } = options;
  const labels = { 'app.kubernetes.io/name': 'spark-operator', 'app.kubernetes.io/component': 'webhook' };
  const store = secretStore({ client, secret, labels });
  return {
    renewIfDue: (seen, entries, held) => renewIfDue(options, store, { seen, entries, held }),
    spread: (authoritiesPem, entries) => spread(options, store, authoritiesPem, entries),
  };
}

interface Seen {
  readonly seen: SecretContent | undefined;
  readonly entries: readonly TrustedEntry[] | undefined;
  readonly held: Held | undefined;
}

async function renewIfDue(options: SelfIssuerOptions, store: SecretStore, state: Seen): Promise<Renewal> {
  const { clock, lives, jitter, service } = options;
  const material = state.seen === undefined ? undefined : materialOf(state.seen.data);
  const how = {
    dnsNames: serviceDnsNames(service.name, service.namespace ?? 'default'),
    lives,
    caBundles: state.entries?.map(({ caBundle }) => caBundle),
    jitter,
  };
  const decision = decideCertificates({ ...how, material, nowMs: clock.now() });
  if (decision.kind === 'Keep') return { material, renewAt: decision.renewAt };
  if (await isUninstalled(options, state)) return { material, renewAt: state.held?.endsMs ?? 0 };
  const outcome = await ensureCertificates({
    ...how,
    store,
    now: () => clock.now(),
    stillServed: state.held?.authoritiesPem,
  });
  note(options, outcome);
  return { material: outcome.material, renewAt: Math.max(outcome.renewAt, clock.now() + AFTER_WRITE_MS) };
}

function note({ log, meter, secret }: SelfIssuerOptions, { action, reason }: EnsureOutcome): void {
  if (action === 'Keep') return;
  meter.renewed(action);
  log.info({ action, reason, secret: secret.name }, 'Renewed the certificate');
}

/** An uninstall deletes the configurations, then the Secret: that must not come back while this process still runs. */
async function isUninstalled(options: SelfIssuerOptions, { seen, held }: Seen): Promise<boolean> {
  const isServing = held !== undefined && held.endsMs > options.clock.now();
  return seen === undefined && isServing && !(await isConfigured(options));
}

/** True when one of the configurations exists; asked of the API server, for the watches may be late. */
async function isConfigured({ client, configurationName: name }: SelfIssuerOptions): Promise<boolean> {
  for (const resource of webhookConfigurations) {
    try {
      await client.get(resource, { name });
      return true;
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  return false;
}

async function spread(
  { client, configurationName, service, log }: SelfIssuerOptions,
  store: SecretStore,
  authoritiesPem: string,
  entries: readonly TrustedEntry[] | undefined,
): Promise<void> {
  if (entries?.some(({ caBundle }) => caBundle !== authoritiesPem) !== true) return;
  // Without a Secret there is nothing to trust yet: its making brings the next pass.
  const caBundle = async (): Promise<string | undefined> =>
    materialOf((await store.read())?.data ?? {})?.authoritiesPem;
  const outcomes = await setCaBundles({ client, configurationName, service, caBundle });
  for (const { kind, outcome } of outcomes) {
    if (outcome === 'patched') log.info({ kind, configuration: configurationName }, 'Set the caBundle');
  }
}
