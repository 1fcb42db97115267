import type { SparkApplication } from '../../api/sparkapplication.ts';
import { withDefaults } from '../../spark/defaulting.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { equalJson } from '../../spark/mutation/equal-json.ts';
import { planSubmission } from '../../spark/submission/plan.ts';
import { validate, type Violation } from '../../spark/validation/validate.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import { type Review, untouched, type Verdict } from '../review/verdict.ts';
import type { Scope } from '../scope.ts';

/** What the review of applications reads. */
export interface ApplicationWorld {
  readonly scope: Scope;
}

/** Reviews a new or changed SparkApplication. */
export const reviewApplication =
  (world: ApplicationWorld): Review<AdmissionRequest> =>
  (request) => {
    if (!world.scope.serves(request.namespace) || !changesSpec(request)) return untouched;
    // The CRD has checked the typed fields; what it leaves open is guarded below.
    const app = request.object as unknown as SparkApplication;
    return judged(app);
  };

/** Only what is new is looked at: metadata, status and objects that go are never held up. */
function changesSpec({ operation, object, oldObject }: AdmissionRequest): boolean {
  if (operation !== 'CREATE' && operation !== 'UPDATE') return false;
  return operation === 'CREATE' || !equalJson(object['spec'], oldObject?.['spec']);
}

function judged(app: SparkApplication): Verdict {
  const violations = validate(app);
  if (violations.length > 0) return refused(violations);
  const plan = planSubmission({
    app: withDefaults(app),
    attempt: 1,
    submissionId: submissionIdOf(app.metadata.uid, 1),
    masterUrl: 'https://kubernetes.default.svc:443',
    submitTime: 0,
  });
  switch (plan.lane) {
    case 'Native':
      return { allowed: true, warnings: plan.warnings };
    case 'SparkSubmit':
      return { allowed: true, warnings: plan.reasons };
    case 'Rejected':
      return refused(plan.violations);
  }
}

const refused = (violations: readonly Violation[]): Verdict => ({ allowed: false, reason: 'Invalid', violations });
