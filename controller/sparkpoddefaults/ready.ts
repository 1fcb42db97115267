import type { Condition } from '../../api/sparkapplication-status.ts';
import type { SparkPodDefaults, SparkPodDefaultsStatus } from '../../api/sparkpoddefaults.ts';
import type { Violation } from '../../spark/validation/violation.ts';
import { rfc3339 } from '../sparkapplication/time.ts';
import type { CopyReport } from './copy-report.ts';

/** What is known about defaults when their status is written. */
export interface Facts {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly violations: readonly Violation[];
  /** Undefined when nothing is to be copied. */
  readonly copies?: CopyReport;
}

const READY = 'Ready';
const PROPAGATING = 'Propagating';
const MOST_NAMESPACES = 100;
const MOST_PROBLEMS = 5;

/** The status that defaults should have. An equal condition keeps its time, so that nothing is written when nothing changes. Pure. */
export function statusOf(
  { metadata: { generation = 0 }, status = {} }: SparkPodDefaults,
  facts: Facts,
): SparkPodDefaultsStatus {
  const { conditions = [], propagatedTo: toldBefore = [] } = status;
  // While copies are being made the list would change with each namespace: it is written when all are done.
  const propagatedTo = facts.copies?.isPending === true ? toldBefore : namespacesOf(facts);
  return {
    conditions: [...conditions.filter(({ type }) => type !== READY), readyOf(conditions, generation, facts)],
    observedGeneration: generation,
    ...(propagatedTo.length === 0 ? {} : { propagatedTo }),
  };
}

function readyOf(conditions: readonly Condition[], generation: number, facts: Facts): Condition {
  const before = conditions.find(({ type }) => type === READY);
  const claim = claimOf(facts);
  // A new process, or one more namespace: what was said of this generation holds until all is looked at.
  if (claim.reason === PROPAGATING && before?.observedGeneration === generation) return before;
  const lastTransitionTime = before?.status === claim.status ? before.lastTransitionTime : rfc3339(facts.now);
  return { type: READY, ...claim, lastTransitionTime, observedGeneration: generation };
}

type Claim = Pick<Condition, 'status' | 'reason' | 'message'>;

function claimOf({ violations, copies }: Facts): Claim {
  if (violations.length > 0) {
    return said('False', 'Invalid', listed(violations.map(({ field, message }) => `${field}: ${message}`)));
  }
  if (copies === undefined) return said('True', 'Valid', '');
  const problems = copies.outcomes.flatMap(({ outcome }) => (outcome.kind === 'Copied' ? [] : [outcome]));
  const [first] = problems;
  if (first !== undefined) return said('False', first.kind, listed(problems.map(({ message }) => message)));
  if (copies.isPending) return said('Unknown', PROPAGATING, 'Copies are being made');
  const namespaces = new Set(copies.outcomes.map(({ namespace }) => namespace)).size;
  return said('True', 'Propagated', `${copies.outcomes.length} copies in ${namespaces} namespaces`);
}

const said = (status: Condition['status'], reason: string, message: string): Claim => ({ status, reason, message });

/** A few of many, each once. */
function listed(messages: readonly string[]): string {
  const different = [...new Set(messages)];
  const more = different.length - MOST_PROBLEMS;
  return [...different.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

const namespacesOf = ({ copies }: Facts): readonly string[] =>
  [
    ...new Set(
      (copies?.outcomes ?? []).flatMap(({ namespace, outcome }) => (outcome.kind === 'Copied' ? [namespace] : [])),
    ),
  ]
    .sort()
    .slice(0, MOST_NAMESPACES);
