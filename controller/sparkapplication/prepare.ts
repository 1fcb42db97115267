import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { planApplication } from '../../spark/submission/plan-application.ts';
import { uiService } from '../../spark/ui/service.ts';
import type { Violation } from '../../spark/validation/violation.ts';
import type { AttemptOrder, Prepared } from './seen.ts';

/** What of the operator's own settings goes into a submission. */
export interface PrepareOptions {
  readonly masterUrl: string;
  readonly enableUiService: boolean;
}

/**
 * Validates, fills in defaults and plans one attempt; `podDefaults` are those selected for the application, in order of
 * precedence. Pure: the webhook is not relied on. Never throws: parts that the CRD keeps open (templates, volumes) may
 * hold anything, and what cannot be read as its type is a fault of that application.
 */
export function prepare(
  options: PrepareOptions,
  app: SparkApplication,
  order: AttemptOrder,
  podDefaults: readonly SparkPodDefaults[] = [],
): Prepared {
  try {
    return planned(options, app, order, podDefaults);
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    const advice = 'check templates, volumes and containers for entries of a wrong type';
    return {
      kind: 'Refused',
      reason: 'InvalidSpec',
      message: `spec: cannot be read as a SparkApplication (${message}): ${advice}`,
    };
  }
}

function planned(
  { masterUrl, enableUiService }: PrepareOptions,
  app: SparkApplication,
  order: AttemptOrder,
  podDefaults: readonly SparkPodDefaults[],
): Prepared {
  const plan = planApplication({ app, podDefaults, masterUrl, ...order });
  switch (plan.lane) {
    case 'Rejected':
      return refused(plan.violations);
    case 'SparkSubmit':
      return {
        kind: 'Refused',
        reason: 'UnsupportedSpec',
        message: `spec: cannot be submitted without spark-submit, which this version does not run: ${plan.reasons.join('; ')}`,
      };
    case 'Native': {
      const ready = { kind: 'Ready', plan, podDefaults: plan.podDefaults } as const;
      return enableUiService ? { ...ready, uiService: uiService(plan.app, order.submissionId) } : ready;
    }
  }
}

const refused = (violations: readonly Violation[]): Prepared => ({
  kind: 'Refused',
  reason: 'InvalidSpec',
  message: violations.map(({ field, message }) => `${field}: ${message}`).join('; '),
});
