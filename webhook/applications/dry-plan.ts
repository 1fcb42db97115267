import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { type ApplicationPlan, planApplication } from '../../spark/submission/plan-application.ts';
import { unreadable } from '../review/unreadable.ts';

/** Plans the first attempt of an application as the controller would, for what it finds out. Never throws. */
export function dryPlan(app: SparkApplication, podDefaults: readonly SparkPodDefaults[]): ApplicationPlan {
  try {
    return planApplication({
      app,
      podDefaults,
      attempt: 1,
      submissionId: submissionIdOf(app.metadata.uid, 1),
      masterUrl: 'https://kubernetes.default.svc:443',
      submitTime: 0,
    });
  } catch (error) {
    return { lane: 'Rejected', violations: [unreadable(error)] };
  }
}
