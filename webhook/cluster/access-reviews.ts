import type { SubjectAccessReview } from '../../api/kubernetes.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/log.ts';
import { resources } from '../../kube/resources.ts';
import type { AccessNeed } from '../../spark/access/needed.ts';
import type { UserInfo } from '../review/admission-request.ts';

/** Whether somebody may do something; `unknown` when the API server did not say in time. */
export type Answer = 'yes' | 'no' | 'unknown';

/** An admission review is over after ten seconds at most. */
const WITHIN_MS = 3_000;

/** Asks the API server whether a user may do something in a namespace. Never rejects. */
export const accessReviews =
  (client: KubeClient, log: Logger) =>
  async (user: UserInfo, namespace: string, need: AccessNeed): Promise<Answer> => {
    try {
      const review = reviewOf(user, namespace, need);
      const options = { signal: AbortSignal.timeout(WITHIN_MS) };
      const { status } = await client.create(resources.subjectAccessReviews, review, options);
      return status?.allowed === true ? 'yes' : 'no';
    } catch (err) {
      log.warn({ namespace, field: need.field, err }, 'Could not ask for the rights of a user');
      return 'unknown';
    }
  };

function reviewOf(user: UserInfo, namespace: string, { verb, group, resource, name }: AccessNeed): SubjectAccessReview {
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: user.username,
      groups: user.groups,
      ...(user.uid === undefined ? {} : { uid: user.uid }),
      ...(user.extra === undefined ? {} : { extra: user.extra }),
      resourceAttributes: { namespace, verb, group, resource, ...(name === undefined ? {} : { name }) },
    },
  };
}
