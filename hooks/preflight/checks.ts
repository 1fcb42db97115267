import { GROUP } from '../../api/group.ts';
import { crdVerdict } from '../crd-verdict.ts';
import { accessText } from './access-needs.ts';
import { whenKnown, type Finding } from './finding.ts';
import type { PreflightSettings } from './preflight.ts';
import type { Peer, Seen } from './seen.ts';

/** One check: findings, none when all is well. */
type Check = (seen: Seen, settings: PreflightSettings) => readonly Finding[];

/** The oldest Kubernetes that the operator is tested with; `kubeVersion` of the chart. */
const OLDEST = { major: 1, minor: 31 } as const;

/** What controller, webhook and chart use. */
const NEEDED_APIS = [
  'apps/v1',
  'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'authorization.k8s.io/v1',
  'coordination.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
] as const;

const oldApiServer: Check = ({ version }) =>
  whenKnown('version', version, ({ text, major, minor }) =>
    major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)
      ? []
      : [
          {
            level: 'failure',
            message: `The API server is ${text}, this operator needs Kubernetes ${OLDEST.major}.${OLDEST.minor} or newer`,
          },
        ],
  );

const missingApis: Check = ({ apis }) =>
  whenKnown('apis', apis, (served) =>
    NEEDED_APIS.filter((api) => !served.includes(api)).map((api) => ({
      level: 'failure',
      message: `The API server does not serve ${api}: the operator cannot work without it`,
    })),
  );

const conflictingDefinitions: Check = ({ definitions }) =>
  definitions.flatMap(({ wanted, existing }) =>
    whenKnown('crds', existing, (there) => {
      const verdict = crdVerdict(there, wanted);
      const owner = there?.metadata.annotations ?? {};
      const [release, namespace = '?'] = [owner['meta.helm.sh/release-name'], owner['meta.helm.sh/release-namespace']];
      return [
        ...(verdict.kind === 'Refuse' ? [{ level: 'failure', message: verdict.reason } as const] : []),
        ...(verdict.kind === 'Leave' ? [{ level: 'warning', message: verdict.reason } as const] : []),
        ...(release === undefined || owner['helm.sh/resource-policy'] === 'keep'
          ? []
          : [
              {
                level: 'warning',
                message: `${wanted.metadata.name} belongs to the Helm release ${namespace}/${release}: uninstalling that one deletes it with all applications; keep it by:  kubectl annotate crd ${wanted.metadata.name} helm.sh/resource-policy=keep`,
              } as const,
            ]),
      ];
    }),
  );

const anotherOperator: Check = ({ peers }, { jobNamespaces }) =>
  whenKnown('other-operators', peers, (found) =>
    found
      .map((peer) => ({ peer, shared: sharedNamespaces(jobNamespaces, peer) }))
      .filter(({ shared }) => shared !== undefined)
      .map(({ peer, shared = '' }) => ({
        level: 'warning',
        message: `Deployment ${peer.namespace}/${peer.name} is a Spark operator, too, and runs the applications of ${shared}: give each operator namespaces of its own (spark.jobNamespaces), or stop the other one (docs/migration.md)`,
      })),
  );

/** The namespaces that both would serve, or may serve; undefined when none. Empty lists mean all. */
function sharedNamespaces(
  ours: readonly string[],
  { jobNamespaces: theirs, namespaceSelector }: Peer,
): string | undefined {
  if (namespaceSelector !== undefined) return `all namespaces with the labels ${namespaceSelector}`;
  if (ours.length === 0 && theirs.length === 0) return 'all namespaces';
  const shared = ours.length === 0 ? theirs : theirs.length === 0 ? ours : ours.filter((name) => theirs.includes(name));
  return shared.length === 0 ? undefined : shared.join(', ');
}

const anotherWebhook: Check = ({ peerWebhooks, peers }, { jobNamespaces }) => {
  // The webhook of an operator that runs, for namespaces that are not ours, is where it belongs.
  const apart = (namespace: string): boolean =>
    peers.known &&
    peers.value.some((peer) => peer.namespace === namespace && sharedNamespaces(jobNamespaces, peer) === undefined);
  return whenKnown('other-webhooks', peerWebhooks, (found) =>
    found
      .filter(({ serviceNamespace = '' }) => !apart(serviceNamespace))
      .map(({ kind, name, serviceNamespace = '?' }) => ({
        level: 'warning',
        message: `${kind} ${name} acts on kinds of ${GROUP} as well (its Service is in namespace ${serviceNamespace}); when that installation is gone, delete it, for it may refuse applications:  kubectl delete ${kind.toLowerCase()} ${name}`,
      })),
  );
};

const missingNamespaces: Check = ({ namespaces }) =>
  namespaces.flatMap(({ name, exists }) =>
    whenKnown('namespaces', exists, (there) =>
      there
        ? []
        : [
            {
              level: 'failure',
              message: `Namespace ${name} of spark.jobNamespaces does not exist:  kubectl create namespace ${name}`,
            },
          ],
    ),
  );

const missingSecrets: Check = ({ secrets }) =>
  secrets.flatMap(({ name, exists }) =>
    whenKnown('secrets', exists, (there) =>
      there ? [] : [{ level: 'failure', message: `Secret ${name} does not exist: create it before the chart` }],
    ),
  );

const missingRights: Check = ({ access }) =>
  access.flatMap(({ access: right, allowed }) =>
    whenKnown('rights', allowed, (may) =>
      may
        ? []
        : [
            {
              level: 'failure',
              message: `The hooks' service account may not ${accessText(right)}: install with rbac.create=true, or grant it`,
            },
          ],
    ),
  );

/** All checks, by the name of what they find, in the order in which people should read the findings. */
const checks: readonly Check[] = [
  oldApiServer,
  missingApis,
  conflictingDefinitions,
  missingNamespaces,
  missingSecrets,
  missingRights,
  anotherOperator,
  anotherWebhook,
];

/** What all checks find in what was seen. */
export const findings = (seen: Seen, settings: PreflightSettings): readonly Finding[] =>
  checks.flatMap((check) => check(seen, settings));
