import type { StringMap } from '../../api/scalars.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { PodDefaultsStatus } from '../../api/sparkapplication-status.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { withDefaults, type DefaultedSparkApplication } from '../defaulting.ts';
import { joinReports, type Overridden } from '../pod-defaults/filled.ts';
import { fillConf } from '../pod-defaults/fill-conf.ts';
import { podDefaultsStatus } from '../pod-defaults/status.ts';
import { usablePodDefaults } from '../pod-defaults/usable.ts';
import { validate, type Violation } from '../validation/validate.ts';
import { planSubmission, type NativePlan, type RejectedPlan, type SparkSubmitPlan } from './plan.ts';

/** Everything that one attempt depends on. */
export interface ApplicationInput {
  /** As the user wrote it. */
  readonly app: SparkApplication;
  /** Those selected for the application, in order of precedence. */
  readonly podDefaults: readonly SparkPodDefaults[];
  readonly attempt: number;
  readonly submissionId: string;
  readonly masterUrl: string;
  readonly submitTime: number;
}

/** A plan, and what the site's defaults have to do with it. */
export interface ApplicationNativePlan extends NativePlan {
  /** The application with all defaults, the site's and the operator's, filled in. */
  readonly app: DefaultedSparkApplication;
  readonly podDefaults: readonly PodDefaultsStatus[];
  /** Entries of the site's defaults that gave way. Apart from `warnings`: the application is applied as it was written. */
  readonly overridden: readonly Overridden[];
}

export type ApplicationPlan = ApplicationNativePlan | SparkSubmitPlan | RejectedPlan;

/**
 * Validates, fills defaults in and plans one attempt. Controller, webhook and sparkctl all plan by this. The site's defaults
 * go first, so that the operator's own (a memory of 1g) leave them room. Invalid ones are passed over with a warning. Pure.
 */
export function planApplication({ app, podDefaults, ...order }: ApplicationInput): ApplicationPlan {
  const violations = validate(app);
  if (violations.length > 0) return { lane: 'Rejected', violations };
  const { usable, warnings } = usablePodDefaults(podDefaults);
  const filled = fillConf(app, usable);
  const defaulted = withDefaults(filled.app);
  const plan = planSubmission({ app: defaulted, podDefaults: usable, ...order });
  switch (plan.lane) {
    case 'Rejected':
      return { ...plan, violations: plan.violations.map((violation) => blamed(violation, filled.givenBy)) };
    case 'SparkSubmit':
      return plan;
    case 'Native': {
      const { filled: pods, ...native } = plan;
      const { applied, overridden } = joinReports(filled, pods);
      return {
        ...native,
        warnings: [...native.warnings, ...warnings],
        app: defaulted,
        podDefaults: podDefaultsStatus(usable, applied, overridden),
        overridden,
      };
    }
  }
}

/** A property that defaults gave is not the user's fault: the message names whose it is. */
function blamed(violation: Violation, givenBy: StringMap): Violation {
  const key = /^spec\.sparkConf\["(.*)"\]$/.exec(violation.field)?.[1];
  const giver = key === undefined ? undefined : givenBy[key];
  return giver === undefined
    ? violation
    : { ...violation, message: `${violation.message} (set by SparkPodDefaults ${giver})` };
}
