import type { SparkApplication } from '../../api/sparkapplication.ts';
import { withDefaults } from '../../spark/defaulting.ts';
import { planSubmission } from '../../spark/submission/plan.ts';
import { uiService } from '../../spark/ui/service.ts';
import { validate } from '../../spark/validation/validate.ts';
import type { Violation } from '../../spark/validation/violation.ts';
import type { AttemptOrder, Prepared } from './seen.ts';

/** What of the operator's own settings goes into a submission. */
export interface PrepareOptions {
  readonly masterUrl: string;
  readonly enableUiService: boolean;
}

/**
 * Validates, fills in defaults and plans one attempt. Pure: the webhook is not relied on. Never throws: parts that the
 * CRD keeps open (templates, volumes) may hold anything, and what cannot be read as its type is a fault of that application.
 */
export function prepare(options: PrepareOptions, app: SparkApplication, order: AttemptOrder): Prepared {
  try {
    return planned(options, app, order);
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

function planned(options: PrepareOptions, app: SparkApplication, order: AttemptOrder): Prepared {
  const violations = validate(app);
  if (violations.length > 0) return refused(violations);
  const defaulted = withDefaults(app);
  const plan = planSubmission({ app: defaulted, masterUrl: options.masterUrl, ...order });
  switch (plan.lane) {
    case 'Rejected':
      return refused(plan.violations);
    case 'SparkSubmit':
      return {
        kind: 'Refused',
        reason: 'UnsupportedSpec',
        message: `spec: cannot be submitted without spark-submit, which this version does not run: ${plan.reasons.join('; ')}`,
      };
    case 'Native':
      return options.enableUiService
        ? { kind: 'Ready', plan, uiService: uiService(defaulted, order.submissionId) }
        : { kind: 'Ready', plan };
  }
}

const refused = (violations: readonly Violation[]): Prepared => ({
  kind: 'Refused',
  reason: 'InvalidSpec',
  message: violations.map(({ field, message }) => `${field}: ${message}`).join('; '),
});
