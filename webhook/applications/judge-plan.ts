import { overriddenTexts } from '../../spark/pod-defaults/status.ts';
import type { ApplicationPlan } from '../../spark/submission/plan-application.ts';
import type { Judgement } from '../review/judgement.ts';

/** What a plan tells of the application: why it cannot be planned, or what of it has no effect or gave way. */
export function judgePlan(plan: ApplicationPlan): Judgement {
  switch (plan.lane) {
    case 'Native':
      return { warnings: [...plan.warnings, ...overriddenTexts(plan.overridden)] };
    case 'SparkSubmit':
      return {
        warnings: plan.reasons.map((reason) => `needs spark-submit, which this version does not run: ${reason}`),
      };
    case 'Rejected':
      return { violations: plan.violations };
  }
}
