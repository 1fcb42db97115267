/** A Lease as the election reads it. */
export interface LeaseView {
  /** Empty or undefined: nobody, released. */
  readonly holder: string | undefined;
  /** The duration that its holder promised to renew within. */
  readonly durationMs: number;
  readonly transitions: number;
}

/** Everything the decision depends on. */
export interface LeaseSeen {
  readonly identity: string;
  /** undefined: the Lease does not exist. */
  readonly lease: LeaseView | undefined;
  /** For how long we have seen this very version of the Lease, by our own clock: clocks are never compared. */
  readonly unchangedForMs: number;
  /** How often to look. */
  readonly retryPeriodMs: number;
}

export type LeaseDecision =
  | { readonly kind: 'create' }
  /** It is ours. */
  | { readonly kind: 'renew' }
  /** It is free, or its holder has not renewed it in time. */
  | { readonly kind: 'take'; readonly transitions: number }
  | { readonly kind: 'wait'; readonly ms: number };

/** What a candidate does about the Lease it sees. */
export function decideLease({ identity, lease, unchangedForMs, retryPeriodMs }: LeaseSeen): LeaseDecision {
  if (lease === undefined) return { kind: 'create' };
  if (lease.holder === identity) return { kind: 'renew' };
  const isFree = lease.holder === undefined || lease.holder === '';
  if (isFree || unchangedForMs >= lease.durationMs) return { kind: 'take', transitions: lease.transitions + 1 };
  return { kind: 'wait', ms: Math.min(retryPeriodMs, lease.durationMs - unchangedForMs) };
}

export interface RenewalSeen {
  /** Since the beginning of the last renewal that succeeded. */
  readonly sinceRenewalMs: number;
  readonly lastTryFailed: boolean;
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
}

export type RenewalDecision =
  | { readonly kind: 'lost' }
  /** Renew after so long, and give up waiting for the answer at the deadline. */
  | { readonly kind: 'renewIn'; readonly ms: number; readonly deadlineInMs: number };

/** When the holder renews next; a third of the lease leaves two more tries before the usual deadline. */
export function decideRenewal(seen: RenewalSeen): RenewalDecision {
  const { sinceRenewalMs, lastTryFailed, leaseDurationMs, renewDeadlineMs, retryPeriodMs } = seen;
  const deadlineInMs = renewDeadlineMs - sinceRenewalMs;
  if (deadlineInMs <= 0) return { kind: 'lost' };
  const pause = lastTryFailed ? retryPeriodMs : Math.max(retryPeriodMs, leaseDurationMs / 3 - sinceRenewalMs);
  return { kind: 'renewIn', ms: Math.min(pause, deadlineInMs), deadlineInMs };
}
