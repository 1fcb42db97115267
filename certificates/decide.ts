import { inspect, type Inspected } from './inspect.ts';
import type { Material } from './material.ts';
import { readBundle } from './pem.ts';
import { BACKDATED_MS, madeAtMs, twoThirdsMs } from './validity.ts';

/** How long certificates live, in milliseconds. The authority must not live shorter than the certificate. */
export interface Lives {
  readonly leafMs: number;
  readonly authorityMs: number;
}

export interface Situation {
  /** What the store holds; undefined = nothing that could serve. */
  readonly material: Material | undefined;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** The certificate must be for all of these. */
  readonly dnsNames: readonly string[];
  readonly lives: Lives;
  /**
   * Every caBundle that verifies this certificate, as the API server has it; empty = nobody verifies it. Undefined = not
   * known: then a certificate of a new authority waits, as long as the old one serves.
   */
  readonly caBundles?: readonly string[] | undefined;
  /** 0 ≤ x < 1: where in the last moment before a renewal this process stands, so that replicas do not all come at once. */
  readonly jitter?: number | undefined;
}

/**
 * What is to be done. The life of an authority:
 *
 *   IntroduceAuthority          RenewLeaf                    DropAuthorities
 *   ca.crt = new, old    ──►    tls.crt = by new     ──►     ca.crt = new
 *   tls.crt = by old            (all caBundles hold          (no certificate of the old one
 *                               new, and long enough)         can be in force any more)
 *
 * `RenewAll` = nothing of it can be saved: a new authority and a new certificate at once.
 */
export type CertificateDecision =
  | { readonly kind: 'Keep'; /** Epoch milliseconds: when to decide again at the latest. */ readonly renewAt: number }
  | { readonly kind: 'RenewLeaf' | 'IntroduceAuthority' | 'DropAuthorities' | 'RenewAll'; readonly reason: string };

/** Replicas renew in turn within this part of the life of a certificate. */
const JITTER_PART = 1 / 30;
/** A new authority is known for at least so long before it is used: several API servers hear of it one after another. */
const LONGEST_SETTLING_MS = 60_000;
/** A renewal that would win less than this part of a life is not worth a write. */
const LEAST_WIN_PART = 1 / 10;

/** How long a caBundle must have been in place before one may build on it. */
export const settlingMs = ({ leafMs }: Lives): number => Math.min(LONGEST_SETTLING_MS, leafMs / 10);

/** Pure and total. */
export function decideCertificates(situation: Situation): CertificateDecision {
  const { material, dnsNames, nowMs } = situation;
  if (material === undefined) return { kind: 'RenewAll', reason: 'there is no certificate yet' };
  const seen = inspect(material, { dnsNames, nowMs });
  const { leafFault, authorityFault } = seen;
  if (leafFault === undefined) return decideServing(seen, situation);
  if (authorityFault === undefined) return { kind: 'RenewLeaf', reason: leafFault };
  return { kind: 'RenewAll', reason: `${leafFault}, and ${authorityFault}` };
}

/** The certificate serves: nothing may be done that breaks it. */
function decideServing(seen: Inspected, situation: Situation): CertificateDecision {
  const due = dueTimes(seen, situation);
  const isDue = (at: number): boolean => at <= situation.nowMs;
  if (isDue(due.move)) return { kind: 'RenewLeaf', reason: 'its authority has been replaced' };
  if (isDue(due.leaf)) return { kind: 'RenewLeaf', reason: 'two thirds of its life are over' };
  // After the certificate: so it has its reserve while the new authority becomes known.
  if (isDue(due.authority)) return { kind: 'IntroduceAuthority', reason: due.authorityReason };
  if (isDue(due.drop)) return { kind: 'DropAuthorities', reason: 'no certificate of theirs can be in force' };
  return { kind: 'Keep', renewAt: Math.min(due.authority, due.move, due.leaf, due.drop, due.end) };
}

const NEVER = Number.POSITIVE_INFINITY;

interface Due {
  readonly authority: number;
  readonly authorityReason: string;
  /** From the old authority to the new one. */
  readonly move: number;
  readonly leaf: number;
  readonly drop: number;
  /** The last moment of the certificate: whatever held the renewal up, it comes then. */
  readonly end: number;
}

function dueTimes(seen: Inspected, { lives, caBundles, jitter = 0 }: Situation): Due {
  const { leaf, authority, authorityFault } = seen;
  const end = leaf?.notAfterMs ?? NEVER;
  const leafDue = leafDueMs(seen, lives) + jitter * lives.leafMs * JITTER_PART;
  // Somebody else's certificate serves as long as it can; a key that cannot sign is missed only when it is needed.
  if (authority === undefined || authorityFault !== undefined) {
    const authorityReason = `a new certificate is due, and ${authorityFault ?? 'there is no authority'}`;
    return { authority: leafDue, authorityReason, move: NEVER, leaf: NEVER, drop: NEVER, end };
  }
  const onlyIf = (condition: boolean, at: number): number => (condition ? at : NEVER);
  const mayMove = !seen.leafIsOfNewest && isKnown(authority.fingerprint, caBundles);
  return {
    authority: twoThirdsMs(authority) + jitter * lives.authorityMs * JITTER_PART,
    authorityReason: 'two thirds of the life of the authority are over',
    move: onlyIf(mayMove, madeAtMs(authority) + settlingMs(lives)),
    leaf: onlyIf(seen.leafIsOfNewest, leafDue),
    drop: onlyIf(seen.leafIsOfNewest, dropDueMs(seen, lives)),
    end,
  };
}

/** When the certificate should be renewed, if its authority lives long enough to make that worth it. */
function leafDueMs({ leaf, authority, authorityFault }: Inspected, lives: Lives): number {
  if (leaf === undefined) return NEVER;
  const due = twoThirdsMs(leaf);
  const signer = authorityFault === undefined ? authority : undefined;
  const win = (signer?.notAfterMs ?? NEVER) - leaf.notAfterMs;
  return win < lives.leafMs * LEAST_WIN_PART ? NEVER : due;
}

/** When one of the older authorities is of no use: it has ended, or everything that it signed has. Its key went when the new one came. */
function dropDueMs({ authority, older }: Inspected, lives: Lives): number {
  if (authority === undefined || older.length === 0) return NEVER;
  const allEnded = madeAtMs(authority) + lives.leafMs + BACKDATED_MS;
  return Math.min(allEnded, ...older.map(({ notAfterMs }) => notAfterMs));
}

const isKnown = (fingerprint: string, caBundles: Situation['caBundles']): boolean =>
  caBundles?.every((bundle) => readBundle(bundle).some(({ fingerprint256 }) => fingerprint256 === fingerprint)) ===
  true;
