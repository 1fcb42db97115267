import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { AccessNeed } from './access-need.ts';
import { accessPods, type AccessPod } from './access-pods.ts';
import { hostNeeds } from './host-needs.ts';
import { secretNeeds } from './secret-needs.ts';

export { createPods, type AccessNeed } from './access-need.ts';

/**
 * What an application does that a user who could not create pods himself may not get through it; empty when nothing is
 * sensitive. A service account in the list (`name`, or `namespace:name` for one namespace) may be used by everyone who may
 * create applications, and so may the one that pods have by default.
 */
export function accessNeeded(app: SparkApplication, trustedServiceAccounts: readonly string[]): readonly AccessNeed[] {
  const pods = accessPods(app);
  return withoutRepeats([
    ...pods.flatMap((pod) => serviceAccountNeeds(pod, trustedIn(app, trustedServiceAccounts))),
    ...hostNeeds(app, pods),
    ...secretNeeds(app, pods),
    ...proxyUserNeeds(app),
  ]);
}

/** The names of the list that count in the namespace of the application. */
const trustedIn = ({ metadata: { namespace } }: SparkApplication, trusted: readonly string[]): readonly string[] =>
  trusted.map((entry) => (entry.startsWith(`${namespace}:`) ? entry.slice(namespace.length + 1) : entry));

const DEFAULT_SERVICE_ACCOUNT = 'default';

function serviceAccountNeeds({ role, serviceAccounts }: AccessPod, trusted: readonly string[]): readonly AccessNeed[] {
  return serviceAccounts
    .filter(({ name }) => name !== DEFAULT_SERVICE_ACCOUNT && !trusted.includes(name))
    .map(({ name, field }) => ({
      verb: 'impersonate',
      group: '',
      resource: 'serviceaccounts',
      name,
      field,
      why: `the ${role} acts as service account "${name}"`,
    }));
}

/** Hadoop's word for acting as someone else; Kubernetes has the same right under the same name. */
const proxyUserNeeds = ({ spec: { proxyUser } }: SparkApplication): readonly AccessNeed[] =>
  proxyUser === undefined || proxyUser === ''
    ? []
    : [
        {
          verb: 'impersonate',
          group: '',
          resource: 'users',
          name: proxyUser,
          field: 'spec.proxyUser',
          why: `the application acts as Hadoop user "${proxyUser}"`,
        },
      ];

/** Each right once, with the first field that asks for it. */
function withoutRepeats(needs: readonly AccessNeed[]): readonly AccessNeed[] {
  const rights = new Map<string, AccessNeed>();
  for (const need of needs) {
    const right = JSON.stringify([need.verb, need.resource, need.name]);
    if (!rights.has(right)) rights.set(right, need);
  }
  return [...rights.values()];
}
