import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { PodDefaultsStatus } from '../../api/sparkapplication-status.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { withDefaults, type DefaultedSparkApplication } from '../defaulting.ts';
import type { Overridden } from '../pod-defaults/filled.ts';
import { fillConf } from '../pod-defaults/fill-conf.ts';
import { podDefaultsStatus } from '../pod-defaults/status.ts';
import { validate } from '../validation/validate.ts';
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
  readonly overridden: readonly Overridden[];
}

export type ApplicationPlan = ApplicationNativePlan | SparkSubmitPlan | RejectedPlan;

/** Validates, fills defaults in and plans one attempt. Controller, webhook and sparkctl all plan by this. Pure. */
export function planApplication({ app, podDefaults, ...order }: ApplicationInput): ApplicationPlan {
  const violations = validate(app);
  if (violations.length > 0) return { lane: 'Rejected', violations };
  const filled = fillConf(app, podDefaults);
  const defaulted = withDefaults(filled.app);
  const plan = planSubmission({ app: defaulted, ...order });
  if (plan.lane !== 'Native') return plan;
  const { applied, overridden } = filled;
  return { ...plan, app: defaulted, podDefaults: podDefaultsStatus(podDefaults, applied, overridden), overridden };
}
