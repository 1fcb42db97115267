import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { checkOpenParts } from '../../spark/validation/open-parts.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import { changesSpec } from '../review/changes-spec.ts';
import { openParts, protoKey, verdictOf } from '../review/judgement.ts';
import { reviewedObject } from '../review/reviewed-object.ts';
import { type Review, untouched } from '../review/verdict.ts';
import type { Scope } from '../scope.ts';
import { dryPlan } from './dry-plan.ts';
import { type AccessWorld, judgeAccess } from './judge-access.ts';
import { judgePlan } from './judge-plan.ts';
import { judgeQuota, type QuotaWorld } from './judge-quota.ts';

/** What the review of applications reads. */
export interface ApplicationWorld extends AccessWorld, QuotaWorld {
  readonly scope: Scope;
  /** The SparkPodDefaults that an object with these labels in this namespace gets, in order of precedence. */
  readonly selectDefaults: (namespace: string, labels: Readonly<Record<string, string>>) => readonly SparkPodDefaults[];
}

/** Reviews a new or changed SparkApplication: everything that is wrong with it at once. */
export const reviewApplication =
  (world: ApplicationWorld): Review<AdmissionRequest> =>
  async (request) => {
    if (!world.scope.serves(request.namespace) || !changesSpec(request)) return untouched;
    // Typed by the CRD; its open parts are checked here, and what is left makes `dryPlan` refuse.
    const app = reviewedObject(request) as SparkApplication;
    const { namespace } = request;
    const plan = dryPlan(app, world.selectDefaults(namespace, app.metadata.labels ?? {}));
    const judged = [protoKey(request), openParts(checkOpenParts(app.spec), request), judgePlan(plan)];
    const verdict = verdictOf(...judged);
    if (!verdict.allowed) return verdict;
    const asked = await Promise.all([judgeQuota(world, request, plan), judgeAccess(world, request, app)]);
    return verdictOf(...judged, ...asked);
  };
