import type { Lease } from '../api/kubernetes.ts';
import type { KubeClient } from './client.ts';
import { type Clock, sleep, systemClock } from './clock.ts';
import { isAlreadyExists, isConflict, isNotFound } from './errors.ts';
import { decideLease, decideRenewal, type LeaseView } from './lease-decide.ts';
import type { Logger } from './log.ts';
import { resources } from './resources.ts';

export interface LeaderElectionOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  /** Name of the Lease. */
  readonly name: string;
  /** Who we are. A pod's name lets a restarted container go on without waiting for its own lease to run out. */
  readonly identity: string;
  /** Others wait so long before they take a lease that is not renewed (default 15 s). */
  readonly leaseDurationMs?: number | undefined;
  /** The holder stops work when it could not renew for so long (default 10 s; must be shorter than the lease). */
  readonly renewDeadlineMs?: number | undefined;
  /** How often candidates look, and how soon a failed renewal is repeated (default 2 s). */
  readonly retryPeriodMs?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly log: Logger;
}

/** One of several replicas works, the others wait. Never the only guard against doing things twice: see docs/design.md. */
export interface LeaderElection {
  isLeader(): boolean;
  /**
   * Waits for leadership, then calls `lead` once with a signal that aborts when `stop` does or when leadership is lost.
   * Resolves after `lead` has ended: `stopped` (the lease has been released) or `lost`. Rejects with what `lead` threw.
   */
  run(lead: (held: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<'stopped' | 'lost'>;
}

interface Seen {
  readonly lease: Lease | undefined;
  readonly since: number;
}

interface Terms {
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
}

/** Throws RangeError when the durations cannot work. */
export function leaderElection(options: LeaderElectionOptions): LeaderElection {
  const { leaseDurationMs = 15_000, renewDeadlineMs = 10_000, retryPeriodMs = 2_000 } = options;
  if (renewDeadlineMs >= leaseDurationMs || retryPeriodMs >= renewDeadlineMs) {
    throw new RangeError(
      `Leader election needs retry period < renew deadline < lease duration, got ${retryPeriodMs}, ${renewDeadlineMs}, ${leaseDurationMs} ms`,
    );
  }
  const candidate = new Candidate(options, { leaseDurationMs, renewDeadlineMs, retryPeriodMs });
  return { isLeader: () => candidate.leads(), run: (lead, stop) => candidate.run(lead, stop) };
}

class Candidate {
  #leading = false;
  readonly #options: LeaderElectionOptions;
  readonly #terms: Terms;
  readonly #clock: Clock;
  #seen: Seen = { lease: undefined, since: 0 };
  #renewedAt = 0;

  constructor(options: LeaderElectionOptions, terms: Terms) {
    this.#options = options;
    this.#terms = terms;
    this.#clock = options.clock ?? systemClock;
  }

  leads(): boolean {
    return this.#leading;
  }

  async run(lead: (held: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<'stopped' | 'lost'> {
    await this.#campaign(stop);
    if (!this.leads()) return 'stopped';
    const { log, identity } = this.#options;
    log.info({ identity }, 'Became leader');
    const held = new AbortController();
    const ended = new AbortController();
    const onStop = (): void => held.abort(stop.reason);
    if (stop.aborted) onStop();
    else stop.addEventListener('abort', onStop, { once: true });
    const renewing = this.#keepRenewing(held, ended.signal);
    try {
      await lead(held.signal);
    } finally {
      ended.abort();
      stop.removeEventListener('abort', onStop);
      await renewing;
    }
    if (!this.leads()) return 'lost';
    await this.#release();
    return 'stopped';
  }

  async #campaign(stop: AbortSignal): Promise<void> {
    for (let waitMs = 0; !stop.aborted && !this.leads();) {
      try {
        waitMs = await this.#contend(stop);
      } catch (err) {
        if (isAborted(stop)) return;
        this.#options.log.warn({ err }, 'Could not contend for the lease, trying again');
        waitMs = this.#terms.retryPeriodMs;
      }
      if (!this.leads()) await sleep(this.#clock, waitMs, stop);
    }
  }

  /** One look at the lease, and what follows from it. Returns how long to wait for the next look. */
  async #contend(stop: AbortSignal): Promise<number> {
    await this.#look(stop);
    const { identity } = this.#options;
    const { retryPeriodMs } = this.#terms;
    const decision = decideLease({
      identity,
      lease: viewOf(this.#seen.lease),
      unchangedForMs: this.#clock.monotonic() - this.#seen.since,
      retryPeriodMs,
    });
    if (decision.kind === 'wait') return decision.ms;
    const startedAt = this.#clock.monotonic();
    try {
      if (decision.kind === 'create') await this.#create(stop);
      else await this.#write(decision.kind === 'take' ? this.#takeover(decision.transitions) : this.#renewal(), stop);
    } catch (error) {
      if (isConflict(error) || isAlreadyExists(error)) return retryPeriodMs;
      throw error;
    }
    this.#renewedAt = startedAt;
    this.#leading = true;
    return 0;
  }

  async #keepRenewing(held: AbortController, ended: AbortSignal): Promise<void> {
    for (let lastTryFailed = false; !ended.aborted;) {
      const sinceRenewalMs = this.#clock.monotonic() - this.#renewedAt;
      const decision = decideRenewal({ ...this.#terms, sinceRenewalMs, lastTryFailed });
      if (decision.kind === 'lost') {
        this.#lose(held, 'The lease could not be renewed in time');
        return;
      }
      await sleep(this.#clock, decision.ms, ended);
      if (isAborted(ended)) return;
      lastTryFailed = !(await this.#tryRenewal(held, decision.deadlineInMs - decision.ms, ended));
      if (!this.leads()) return;
    }
  }

  /** True when the lease is renewed. A holder who is not us ends leadership at once. */
  async #tryRenewal(held: AbortController, withinMs: number, ended: AbortSignal): Promise<boolean> {
    const late = new AbortController();
    const cancel = this.#clock.after(withinMs, () => late.abort(new Error('Renewal took too long')));
    const signal = AbortSignal.any([late.signal, ended]);
    const startedAt = this.#clock.monotonic();
    try {
      await this.#write(this.#renewal(), signal).catch(async (error: unknown) => {
        if (!isConflict(error) && !isNotFound(error)) throw error;
        await this.#look(signal);
        const { holderIdentity } = this.#seen.lease?.spec ?? {};
        if (holderIdentity !== this.#options.identity) this.#lose(held, 'Another replica holds the lease');
        throw error;
      });
      this.#renewedAt = startedAt;
      return true;
    } catch (err) {
      if (this.leads() && !ended.aborted) this.#options.log.warn({ err }, 'Could not renew the lease');
      return false;
    } finally {
      cancel();
    }
  }

  #lose(held: AbortController, why: string): void {
    this.#leading = false;
    this.#options.log.error({ why }, 'Lost leadership');
    held.abort(new Error(`Leadership lost: ${why}`));
  }

  async #release(): Promise<void> {
    this.#leading = false;
    const { log, identity } = this.#options;
    const late = new AbortController();
    const cancel = this.#clock.after(this.#terms.retryPeriodMs, () => late.abort(new Error('Release took too long')));
    try {
      // The last renewal may have been cut short without telling its version: look first.
      await this.#look(late.signal);
      if (this.#seen.lease?.spec?.holderIdentity !== identity) return;
      // One second: candidates of other implementations do not take a lease without a duration.
      const spec = { holderIdentity: '', leaseDurationSeconds: 1, renewTime: this.#timestamp() };
      await this.#write(spec, late.signal);
      log.info({ identity }, 'Released the lease');
    } catch (err) {
      log.warn({ err }, 'Could not release the lease, it will run out');
    } finally {
      cancel();
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { client, namespace, name } = this.#options;
    try {
      this.#note(await client.get(resources.leases, { namespace, name }, { signal }));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      this.#note(undefined);
    }
  }

  #note(lease: Lease | undefined): void {
    const isUnchanged = lease?.metadata?.resourceVersion === this.#seen.lease?.metadata?.resourceVersion;
    this.#seen = { lease, since: isUnchanged ? this.#seen.since : this.#clock.monotonic() };
  }

  async #create(signal: AbortSignal): Promise<void> {
    const { client, namespace, name } = this.#options;
    const lease = { metadata: { namespace, name }, spec: this.#takeover(0) };
    this.#note(await client.create<Lease>(resources.leases, lease, { signal }));
  }

  /** The resourceVersion makes it a test-and-set: whoever saw an older lease gets 409. */
  async #write(spec: Lease['spec'], signal: AbortSignal): Promise<void> {
    const { client, namespace, name } = this.#options;
    const { resourceVersion } = this.#seen.lease?.metadata ?? {};
    const patch = { metadata: { resourceVersion }, spec };
    this.#note(await client.patch<Lease>(resources.leases, { namespace, name }, patch, { signal }));
  }

  #takeover(leaseTransitions: number): NonNullable<Lease['spec']> {
    return { ...this.#renewal(), acquireTime: this.#timestamp(), leaseTransitions };
  }

  #renewal(): NonNullable<Lease['spec']> {
    const leaseDurationSeconds = Math.ceil(this.#terms.leaseDurationMs / 1000);
    return { holderIdentity: this.#options.identity, leaseDurationSeconds, renewTime: this.#timestamp() };
  }

  /** MicroTime wants six digits. */
  #timestamp(): string {
    return new Date(this.#clock.now()).toISOString().replace('Z', '000Z');
  }
}

const isAborted = (signal: AbortSignal): boolean => signal.aborted;

function viewOf(lease: Lease | undefined): LeaseView | undefined {
  if (lease === undefined) return undefined;
  const { holderIdentity, leaseDurationSeconds = 0, leaseTransitions = 0 } = lease.spec ?? {};
  return { holder: holderIdentity, durationMs: leaseDurationSeconds * 1000, transitions: leaseTransitions };
}
