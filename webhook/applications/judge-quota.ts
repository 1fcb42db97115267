import type { ResourceQuota } from '../../api/kubernetes.ts';
import { exceededQuotas } from '../../spark/quota/exceeded.ts';
import { requiredResources } from '../../spark/quota/required.ts';
import type { ApplicationPlan } from '../../spark/submission/plan-application.ts';
import type { Enforcement } from '../config.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import { enforced, type Judgement } from '../review/judgement.ts';

/** What the check against quotas needs. */
export interface QuotaWorld {
  readonly quota: Enforcement;
  /** Undefined when the API server does not say in time. */
  readonly quotasOf: (namespace: string) => Promise<readonly ResourceQuota[] | undefined>;
}

/**
 * Whether the quotas of the namespace have room for the application. An application that exists is only warned: what it
 * runs already is in the quota's sum.
 */
export async function judgeQuota(
  { quota, quotasOf }: QuotaWorld,
  { namespace, operation }: AdmissionRequest,
  plan: ApplicationPlan,
): Promise<Judgement> {
  if (quota === 'off' || plan.lane !== 'Native' || plan.app.spec.suspend === true) return {};
  const quotas = await quotasOf(namespace);
  if (quotas === undefined) return { warnings: ['The ResourceQuotas of the namespace could not be checked'] };
  const messages = exceededQuotas(requiredResources(plan, plan.app), quotas);
  const findings = messages.map((message) => ({ field: 'spec', message }));
  return enforced(operation === 'CREATE' ? quota : 'warn', 'quotaExceeded', findings);
}
