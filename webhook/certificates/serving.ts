import { verifies } from '../../certificates/verify.ts';

/** A certificate that could be served. */
export interface Servable {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** Epoch milliseconds. */
  readonly endsMs: number;
}

export interface ServingSituation {
  /** What is served. */
  readonly held: Servable | undefined;
  /** What the Secret holds. */
  readonly offered: Servable | undefined;
  /** What the API server trusts, one bundle for each entry that calls us; undefined = not known. */
  readonly caBundles: readonly string[] | undefined;
  /** Since when these bundles are in place. */
  readonly bundlesSinceMs: number;
  /** The name by which the API server calls. */
  readonly host: string;
  readonly nowMs: number;
  /** How long a bundle must have been in place before one may build on it: there may be several API servers. */
  readonly settlingMs: number;
}

export type ServingDecision =
  | { readonly kind: 'Stay' }
  | { readonly kind: 'Switch' }
  /** The offered certificate will do, but not before. */
  | { readonly kind: 'Wait'; readonly untilMs: number };

const stay: ServingDecision = { kind: 'Stay' };
const change: ServingDecision = { kind: 'Switch' };

/**
 * Whether to serve what the Secret holds. A certificate that the API server accepts is not given up for one that it does
 * not accept yet: the caBundle may come later than the Secret. Pure.
 */
export function decideServing(situation: ServingSituation): ServingDecision {
  const { held, offered, caBundles, host, nowMs } = situation;
  if (offered === undefined || isSame(held, offered)) return stay;
  if (held === undefined || held.endsMs <= nowMs) return change;
  if (caBundles === undefined) return stay;
  const accepted = ({ certificatePem }: Servable): boolean =>
    caBundles.every((bundle) => verifies(bundle, certificatePem, nowMs, host));
  if (!accepted(held)) return change;
  return accepted(offered) ? whenSettled(situation) : stay;
}

const isSame = (held: Servable | undefined, offered: Servable): boolean =>
  held?.certificatePem === offered.certificatePem && held.keyPem === offered.keyPem;

function whenSettled({ caBundles, bundlesSinceMs, settlingMs, nowMs }: ServingSituation): ServingDecision {
  const untilMs = bundlesSinceMs + settlingMs;
  return caBundles?.length === 0 || nowMs >= untilMs ? change : { kind: 'Wait', untilMs };
}
