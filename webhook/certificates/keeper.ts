import { hostname } from 'node:os';
import { type Lives, settlingMs } from '../../certificates/decide.ts';
import { apiServerDnsName } from '../../certificates/dns-names.ts';
import { materialOf } from '../../certificates/material.ts';
import { backoffMs } from '../../kube/backoff.ts';
import type { KubeClient } from '../../kube/client.ts';
import { type Clock, systemClock } from '../../kube/clock.ts';
import { type Informer, informer } from '../../kube/informer.ts';
import { keyOf, type ObjectRef } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import type { Metrics } from '../../kube/metrics.ts';
import { resources } from '../../kube/resources.ts';
import { contentOf, type SecretContent } from '../../kube/secret-store.ts';
import type { Secret } from '../../api/kubernetes.ts';
import { type CertificateMeter, certificateMeter } from './certificate-metrics.ts';
import { type Doorbell, doorbell } from './doorbell.ts';
import { type Held, heldOf, jitterOf } from './held.ts';
import { problemOf } from './problem.ts';
import { type SelfIssuer, selfIssuer } from './self-issuer.ts';
import { decideServing } from './serving.ts';
import { type Trust, watchTrust } from './trust.ts';

/** What a TLS server needs: PEM, the certificate with its intermediates first. */
export interface ServingCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Keeps the certificate of the webhook server right while the program runs. */
export interface CertificateKeeper {
  /** What to serve now; undefined until the first one is there. */
  current(): ServingCertificate | undefined;
  /** Hears each certificate that is to be served from then on, the first one included if it comes later. */
  onChange(listener: (certificate: ServingCertificate) => void): void;
  /** For readiness: why the API server could not trust this server; undefined when it can. */
  problem(): string | undefined;
  /** Works until `stop` aborts; never rejects. */
  run(stop: AbortSignal): Promise<void>;
}

export interface KeeperOptions {
  readonly client: KubeClient;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly clock?: Clock | undefined;
  /** Who signs: this program, or cert-manager (then nothing is ever written). */
  readonly issuer: 'self' | 'cert-manager';
  /** The Secret with `tls.crt`, `tls.key`, `ca.crt` and, with issuer `self`, `ca.key`. */
  readonly secret: ObjectRef;
  /** The Service in front of this server, in the namespace of the Secret. */
  readonly serviceName: string;
  /** Name of both webhook configurations. */
  readonly configurationName: string;
  readonly leafLifeMs: number;
  readonly caLifeMs: number;
  /** Spreads the work of replicas: the name of the pod (default: the host name). */
  readonly identity?: string | undefined;
}

/** Nothing happens before `run`. */
export function certificateKeeper(options: KeeperOptions): CertificateKeeper {
  const keeper = new Keeper(options);
  return {
    current: () => keeper.current(),
    onChange: (listener) => keeper.onChange(listener),
    problem: () => keeper.problem(),
    run: (stop) => keeper.run(stop),
  };
}

type Listener = (certificate: ServingCertificate) => void;

/** Clocks may jump while a process sleeps: look again at least so often. Looking costs no request. */
const LONGEST_WAIT_MS = 10 * 60_000;
const NEVER = Number.POSITIVE_INFINITY;
const BACKOFF = { baseMs: 500, maxMs: 30_000 };

/**
 *   Secret ─watch─┬──► serve what the API server accepts ──► listeners       (never waits for the other loop)
 *   trust  ─watch─┴──► renew, if a step is due ──► Secret                    (issuer self)
 *                 └──► set the caBundles, if one is wrong                    (issuer self)
 *
 * Both loops wake when a watch tells something, and at the next due time.
 */
class Keeper {
  readonly #options: KeeperOptions;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #lives: Lives;
  /** The name by which the API server calls. */
  readonly #host: string;
  readonly #secret: Informer<Secret, SecretContent>;
  readonly #trust: Trust;
  readonly #issuer: SelfIssuer | undefined;
  readonly #meter: CertificateMeter;
  readonly #serving: Doorbell;
  readonly #renewing: Doorbell;
  readonly #listeners: Listener[] = [];
  #held: Held | undefined;
  #failures = 0;
  #lastFailure = '';
  #saidAbsent = false;
  /** Version of the Secret. */
  #saidUnusable: string | undefined;

  constructor(options: KeeperOptions) {
    const { client, metrics, secret, configurationName, clock = systemClock, identity = hostname() } = options;
    const log = options.log.child({ part: 'certificates' });
    const service = { namespace: secret.namespace, name: options.serviceName };
    this.#options = options;
    this.#log = log;
    this.#clock = clock;
    this.#serving = doorbell(clock);
    this.#renewing = doorbell(clock);
    this.#host = apiServerDnsName(options.serviceName, secret.namespace ?? 'default');
    this.#lives = { leafMs: options.leafLifeMs, authorityMs: options.caLifeMs };
    this.#secret = watchSecret(options, log);
    this.#trust = watchTrust({ client, log, clock, configurationName, service });
    this.#meter = certificateMeter(
      metrics,
      () => clock.now(),
      () => this.#held && { servingMs: this.#held.endsMs, authorityMs: this.#held.authorityEndsMs },
    );
    const [meter, lives, jitter] = [this.#meter, this.#lives, jitterOf(identity)];
    const own = { client, log, clock, meter, secret, service, configurationName, lives, jitter };
    this.#issuer = options.issuer === 'self' ? selfIssuer(own) : undefined;
  }

  current(): ServingCertificate | undefined {
    return this.#held;
  }

  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  problem(): string | undefined {
    const { configurationName } = this.#options;
    const entries = this.#trust.entries();
    return problemOf({
      held: this.#held,
      missing: this.#whyMissing(),
      entries,
      configurationName,
      host: this.#host,
      nowMs: this.#clock.now(),
    });
  }

  async run(stop: AbortSignal): Promise<void> {
    const ring = (): void => {
      this.#serving.ring();
      this.#renewing.ring();
    };
    this.#secret.onChange(ring);
    void this.#secret.whenSynced(stop).then(ring);
    this.#trust.onChange(ring);
    await Promise.all([
      this.#secret.run(stop),
      this.#trust.run(stop),
      this.#patrol(this.#serving, stop, () => this.#serve()),
      this.#issuer && this.#patrol(this.#renewing, stop, () => this.#renew()),
    ]);
  }

  /** Acts, once the Secret has been looked for, when the bell rings and when it is time (epoch milliseconds). */
  async #patrol(bell: Doorbell, stop: AbortSignal, act: () => number | Promise<number>): Promise<void> {
    while (!stop.aborted) {
      const nextMs = this.#secret.synced() ? await act() : NEVER;
      await bell.wait(Math.min(LONGEST_WAIT_MS, Math.max(0, nextMs - this.#clock.now())), stop);
    }
  }

  #seen(): SecretContent | undefined {
    return this.#secret.store.get(keyOf(this.#options.secret));
  }

  /** Takes the step that is due and makes the caBundles right. */
  async #renew(): Promise<number> {
    const issuer = this.#issuer;
    if (issuer === undefined) return NEVER;
    const failuresBefore = this.#failures;
    const renewal = await this.#attempt('Could not renew the certificate', () =>
      issuer.renewIfDue(this.#seen(), this.#trust.entries(), this.#held),
    );
    const authorities = (renewal?.material ?? this.#held)?.authoritiesPem;
    if (authorities !== undefined) {
      await this.#attempt('Could not set the caBundle', () => issuer.spread(authorities, this.#trust.entries()));
    }
    if (this.#failures > failuresBefore) return this.#clock.now() + backoffMs(BACKOFF, this.#failures);
    this.#failures = 0;
    return renewal?.renewAt ?? NEVER;
  }

  async #attempt<T>(failure: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (err) {
      this.#failures += 1;
      this.#lastFailure = err instanceof Error ? err.message : String(err);
      this.#meter.failed();
      this.#log.warn({ err, failures: this.#failures }, failure);
      return undefined;
    }
  }

  /** Changes over to what the Secret holds when the API server accepts it; tells when to look again. */
  #serve(): number {
    const entries = this.#trust.entries();
    this.#sayIfAbsent(entries?.length);
    const nowMs = this.#clock.now();
    const offered = this.#offered();
    const decision = decideServing({
      held: this.#held,
      offered,
      caBundles: entries?.map(({ caBundle }) => caBundle),
      bundlesSinceMs: this.#trust.sinceMs(),
      host: this.#host,
      nowMs,
      settlingMs: settlingMs(this.#lives),
    });
    if (decision.kind === 'Wait') return decision.untilMs;
    if (decision.kind === 'Switch' && offered !== undefined) this.#switchTo(offered);
    const endsMs = this.#held?.endsMs ?? 0;
    return endsMs > nowMs ? endsMs : NEVER;
  }

  #offered(): Held | undefined {
    const seen = this.#seen();
    const material = seen === undefined ? undefined : materialOf(seen.data);
    if (material === undefined) return undefined;
    const offered = heldOf(material);
    if (offered !== undefined) return offered;
    this.#lastFailure = 'tls.crt and tls.key cannot be read, or do not belong together';
    if (seen?.version !== this.#saidUnusable)
      this.#log.warn({ secret: this.#options.secret.name }, 'Cannot serve what the Secret holds');
    this.#saidUnusable = seen?.version;
    return undefined;
  }

  #switchTo(held: Held): void {
    this.#held = held;
    this.#log.info({ expires: new Date(held.endsMs).toISOString() }, 'Serving a new certificate');
    for (const listener of this.#listeners) listener(held);
  }

  #sayIfAbsent(entries: number | undefined): void {
    if (entries !== 0 || this.#saidAbsent) return;
    this.#saidAbsent = true;
    const { configurationName } = this.#options;
    this.#log.warn({ configurationName }, 'No webhook configuration calls this server');
  }

  #whyMissing(): string {
    const { secret, issuer } = this.#options;
    const named = `Secret ${keyOf(secret)}`;
    if (!this.#secret.synced())
      return `${named} has not been read yet: may this service account list and watch it by name?`;
    if (this.#lastFailure !== '') return `there is no certificate yet (${named}): ${this.#lastFailure}`;
    return issuer === 'self'
      ? `there is no certificate yet (${named})`
      : `${named} holds no certificate: cert-manager has not issued it yet (see: kubectl describe certificate)`;
  }
}

function watchSecret({ client, secret, clock }: KeeperOptions, log: Logger): Informer<Secret, SecretContent> {
  return informer<Secret, SecretContent>({
    client,
    resource: resources.secrets,
    selection: { namespace: secret.namespace, fieldSelector: `metadata.name=${secret.name}` },
    project: contentOf,
    log,
    clock,
  });
}
