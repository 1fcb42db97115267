import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Violation } from '../validation/validate.ts';
import { featuresOf, testedMinors } from './features.ts';
import { laneReasons } from './lane-reasons.ts';
import { submissionViolations } from './rules/submission-violations.ts';
import type { SparkConf } from './spark-conf.ts';
import { sparkVersionOf } from './spark-version.ts';

/** Who submits, or why nobody can. */
export type LaneChoice =
  | { readonly lane: 'Native' }
  | { readonly lane: 'SparkSubmit'; readonly reasons: readonly string[] }
  | { readonly lane: 'Rejected'; readonly violations: readonly Violation[] };

/**
 * Native where our plan is known to equal spark-submit's. `spec.submission.lane: Native` asks for it on an untested version
 * too, and refuses what it cannot do at all; `SparkSubmit` asks for the other lane.
 */
export function chooseLane(app: SparkApplication, conf: SparkConf): LaneChoice {
  const version = sparkVersionOf(app.spec);
  const { features, tested } = featuresOf(version.followed);
  const subject = { app, conf, features, sparkVersion: version.written };
  const violations = submissionViolations(subject);
  if (violations.length > 0) return { lane: 'Rejected', violations };

  const wanted = app.spec.submission?.lane ?? 'Auto';
  if (wanted === 'SparkSubmit') return { lane: 'SparkSubmit', reasons: ['spec.submission.lane asks for spark-submit'] };

  const reasons = laneReasons(subject);
  if (wanted === 'Native') return reasons.length === 0 ? { lane: 'Native' } : refused(reasons);
  const all = tested ? reasons : [...reasons, untested(version.followed)];
  return all.length === 0 ? { lane: 'Native' } : { lane: 'SparkSubmit', reasons: all };
}

const untested = (version: string): string =>
  `Spark ${version} is none of the tested versions ${testedMinors.join(', ')}; ` +
  'spec.submission.lane: Native submits it all the same';

const refused = (reasons: readonly string[]): LaneChoice => ({
  lane: 'Rejected',
  violations: reasons.map((reason) => ({
    field: 'spec.submission.lane',
    message: `is Native, but only spark-submit can do this: ${reason}`,
    rule: 'nativeLaneImpossible',
  })),
});
