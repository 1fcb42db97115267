import type { ResourceQuota } from '../../api/kubernetes.ts';
import { quotaFindings } from '../../spark/quota/findings.ts';
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
  const { cannotStart, cannotGrow, unsaid } = quotaFindings(plan, plan.app, quotas);
  const findings = cannotStart.map((message) => ({ field: 'spec', message }));
  const judged = enforced(operation === 'CREATE' ? quota : 'warn', 'quotaExceeded', findings);
  return { ...judged, warnings: [...(judged.warnings ?? []), ...cannotGrow, ...unsaid] };
}
