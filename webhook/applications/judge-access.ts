import type { SparkApplication } from '../../api/sparkapplication.ts';
import { type AccessNeed, accessNeeded, createPods } from '../../spark/access/needed.ts';
import type { Finding } from '../../spark/validation/violation.ts';
import type { Answer } from '../cluster/access-reviews.ts';
import type { Enforcement } from '../config.ts';
import type { AdmissionRequest, UserInfo } from '../review/admission-request.ts';
import { enforced, type Judgement } from '../review/judgement.ts';

/** What the check of the author's own rights needs. */
export interface AccessWorld {
  readonly userAccess: Enforcement;
  readonly trustedServiceAccounts: readonly string[];
  readonly operatorNamespace: string;
  /** Whether a user may do something in a namespace himself. */
  readonly mayDo: (user: UserInfo, namespace: string, need: AccessNeed) => Promise<Answer>;
}

/** Each need is a question to the API server. */
const MAX_NEEDS = 64;

/**
 * Whether the author could do directly what the application will do for him. Who may create pods could do all of it. The
 * operator's own service accounts are not asked: for what they create from a schedule, the author of the schedule was.
 */
export async function judgeAccess(
  world: AccessWorld,
  { user, namespace }: AdmissionRequest,
  app: SparkApplication,
): Promise<Judgement> {
  if (world.userAccess === 'off' || isOperator(user, world.operatorNamespace)) return {};
  const needs = accessNeeded(app, world.trustedServiceAccounts);
  if (needs.length === 0) return {};
  const whole = await world.mayDo(user, namespace, { ...createPods, field: 'spec', why: 'the application is pods' });
  if (whole === 'yes') return {};
  if (needs.length > MAX_NEEDS) {
    const message = `needs ${needs.length} rights, ${MAX_NEEDS} can be checked: use fewer Secrets, or the right to create pods`;
    return enforced(world.userAccess, 'userMayNot', [{ field: 'spec', message }]);
  }
  const isPods = (need: AccessNeed): boolean => need.verb === createPods.verb && need.resource === createPods.resource;
  const answers = await Promise.all(
    needs.map(async (need) => ({ need, answer: isPods(need) ? whole : await world.mayDo(user, namespace, need) })),
  );
  const of = (wanted: Answer): AccessNeed[] =>
    answers.filter(({ answer }) => answer === wanted).map(({ need }) => need);
  const refused = enforced(
    world.userAccess,
    'userMayNot',
    of('no').map((need) => finding(need, user, namespace)),
  );
  const unknown = of('unknown').map(({ field }) => `${field}: your right to use it could not be checked`);
  return { ...refused, warnings: [...(refused.warnings ?? []), ...unknown] };
}

const finding = ({ verb, group, resource, name, field, why }: AccessNeed, user: UserInfo, ns: string): Finding => {
  const what = group === '' ? resource : `${resource}.${group}`;
  const right = name === undefined ? `${verb} ${what}` : `${verb} ${what} "${name}"`;
  return { field, message: `${why}, but user "${user.username}" may not ${right} in namespace "${ns}"` };
};

const isOperator = ({ username }: UserInfo, namespace: string): boolean =>
  username.startsWith(`system:serviceaccount:${namespace}:`);
