import { describe, expect, it } from '@jest/globals';

import { accessNeeds, accessText } from './access-needs.ts';
import { findings } from './checks.ts';
import type { Known } from './finding.ts';
import { peersAmong, peerWebhooksAmong, type Deployment } from './peers.ts';
import { outcomeOf, type PreflightSettings } from './preflight.ts';
import type { Seen } from './seen.ts';

const is = <T>(value: T): Known<T> => ({ known: true, value });
const definition = {
  metadata: { name: 'sparks.example' },
  spec: {
    ...{ group: 'example', scope: 'Namespaced' },
    names: { kind: 'Spark', plural: 'sparks' },
    versions: [{ name: 'v1beta2', served: true }],
  },
};
const fine: Seen = {
  version: is({ text: 'v1.34.8', major: 1, minor: 34 }),
  apis: is([
    ...['apps/v1', 'admissionregistration.k8s.io/v1', 'apiextensions.k8s.io/v1', 'authorization.k8s.io/v1'],
    ...['coordination.k8s.io/v1', 'policy/v1', 'rbac.authorization.k8s.io/v1'],
  ]),
  definitions: [{ wanted: definition, existing: is(undefined) }],
  peers: is([]),
  peerWebhooks: is([]),
  namespaces: [{ name: 'default', exists: is(true) }],
  secrets: [],
  access: [],
};
const settings: PreflightSettings = {
  ...{ strict: true, namespace: 'operator', jobNamespaces: ['default'], requiredSecrets: [] },
  ...{ needs: [], configurationName: 'webhook', secretName: 'certs', crdDirectory: '/crds' },
};
const right = { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'a', name: 'x' };

describe('the checks', () => {
  interface Case {
    readonly seen?: Partial<Seen>;
    readonly with?: Partial<PreflightSettings>;
    /** Level and a part of the message of each finding. */
    readonly want: readonly (readonly [string, string])[];
  }
  const cases: Record<string, Case> = {
    'find nothing in a cluster as it should be': { want: [] },
    'find an old API server': {
      seen: { version: is({ text: 'v1.30.2', major: 1, minor: 30 }) },
      want: [['failure', 'The API server is v1.30.2, this operator needs Kubernetes 1.31 or newer']],
    },
    'find APIs that are not served': {
      seen: { apis: is(fine.apis.known ? fine.apis.value.filter((api) => api !== 'policy/v1') : []) },
      want: [['failure', 'does not serve policy/v1']],
    },
    'find definitions of another time': {
      seen: {
        definitions: [
          { wanted: definition, existing: is({ ...definition, spec: { ...definition.spec, scope: 'Cluster' } }) },
        ],
      },
      want: [['failure', 'sparks.example has scope Cluster']],
    },
    'find definitions that go with another Helm release': {
      seen: { definitions: [{ wanted: definition, existing: is(ownedBy({})) }] },
      want: [['warning', 'sparks.example belongs to the Helm release theirs/other']],
    },
    'are content when that release keeps them': {
      seen: { definitions: [{ wanted: definition, existing: is(ownedBy({ 'helm.sh/resource-policy': 'keep' })) }] },
      want: [],
    },
    'find another operator for a namespace of ours': {
      seen: { peers: is([{ namespace: 'kubeflow', name: 'c', jobNamespaces: ['x', 'default'] }]) },
      want: [['warning', 'Deployment kubeflow/c is a Spark operator, too, and runs the applications of default']],
    },
    'find another operator for all namespaces': {
      seen: { peers: is([{ namespace: 'kubeflow', name: 'c', jobNamespaces: [] }]) },
      with: { jobNamespaces: [] },
      want: [['warning', 'runs the applications of all namespaces']],
    },
    'find another operator that chooses namespaces by their labels': {
      seen: { peers: is([{ namespace: 'b', name: 'c', jobNamespaces: [], namespaceSelector: 'team' }]) },
      want: [['warning', 'runs the applications of all namespaces with the labels team']],
    },
    'leave operators alone that serve other namespaces': {
      seen: { peers: is([{ namespace: 'kubeflow', name: 'c', jobNamespaces: ['x'] }]) },
      want: [],
    },
    'find webhooks of others': {
      seen: { peerWebhooks: is([{ kind: 'MutatingWebhookConfiguration', name: 'w', serviceNamespace: 'kubeflow' }]) },
      want: [['warning', 'kubectl delete mutatingwebhookconfiguration w']],
    },
    'leave the webhook of such an operator alone': {
      seen: {
        peers: is([{ namespace: 'kubeflow', name: 'c', jobNamespaces: ['x'] }]),
        peerWebhooks: is([{ kind: 'MutatingWebhookConfiguration', name: 'w', serviceNamespace: 'kubeflow' }]),
      },
      want: [],
    },
    'find missing namespaces, Secrets and rights': {
      seen: {
        namespaces: [{ name: 'b', exists: is(false) }],
        secrets: [{ name: 'b/s3', exists: is(false) }],
        access: [{ access: right, allowed: is(false) }],
      },
      want: [
        ['failure', 'kubectl create namespace b'],
        ['failure', 'Secret b/s3 does not exist'],
        ['failure', 'may not patch deployments.apps/x in namespace a'],
      ],
    },
    'note what they could not see': {
      seen: { peers: { known: false, why: 'deployments.apps is forbidden' } },
      want: [['note', 'Not checked: deployments.apps is forbidden']],
    },
  };
  it.each(Object.entries(cases))('%s', (_name, { seen = {}, with: own = {}, want }) => {
    const found = findings({ ...fine, ...seen }, { ...settings, ...own });
    expect(found.map(({ level, message }) => [level, message])).toEqual(
      want.map(([level, part]) => [level, expect.stringContaining(part)]),
    );
  });

  function ownedBy(more: Readonly<Record<string, string>>) {
    const annotations = { 'meta.helm.sh/release-name': 'other', 'meta.helm.sh/release-namespace': 'theirs', ...more };
    return { ...definition, metadata: { ...definition.metadata, annotations } };
  }
});

describe('the outcome of a preflight', () => {
  const found = [
    { level: 'note', check: 'a', message: 'unknown' },
    { level: 'warning', check: 'b', message: 'odd' },
    { level: 'failure', check: 'c', message: 'broken' },
  ] as const;
  it('fails with the failures first', () => {
    expect(outcomeOf(found, true)).toEqual({
      ok: false,
      message: 'broken; odd',
      details: { failures: ['broken'], warnings: ['odd'], notes: ['unknown'] },
    });
  });
  it('goes on when it is not strict', () => {
    expect(outcomeOf(found, false)).toMatchObject({
      ok: true,
      message: 'Going on, since preflight.strict=false: broken; odd',
    });
  });
});

describe('peers', () => {
  const deployment = (namespace: string, args: readonly string[], replicas = 1): Deployment => ({
    metadata: { namespace, name: 'c' },
    spec: { replicas, template: { spec: { containers: [{ args }] } } },
  });
  it('are controllers that run in other namespaces', () => {
    const found = peersAmong(
      [
        deployment('own', ['controller', 'start', '--namespaces=a']),
        deployment('theirs', ['controller', 'start', '--namespaces=a,b']),
        deployment('everywhere', ['controller', 'start', '--namespaces=']),
        deployment('chosen', ['controller', 'start', '--namespaces=', '--namespace-selector=team']),
        deployment('webhook', ['webhook', 'start', '--namespaces=a']),
        deployment('stopped', ['controller', 'start'], 0),
      ],
      'own',
    );
    expect(found).toEqual([
      { namespace: 'theirs', name: 'c', jobNamespaces: ['a', 'b'] },
      { namespace: 'everywhere', name: 'c', jobNamespaces: [] },
      { namespace: 'chosen', name: 'c', jobNamespaces: [], namespaceSelector: 'team' },
    ]);
  });

  it('have webhooks for kinds of our group', () => {
    const rules = (group: string) => [{ apiGroups: [group], resources: ['*'], operations: ['*'], apiVersions: ['*'] }];
    const webhook = (group: string) => ({
      ...{ name: 'w', rules: rules(group), admissionReviewVersions: ['v1'], sideEffects: 'None' },
      clientConfig: { service: { name: 's', namespace: 'theirs' } },
    });
    const configurations = [
      { metadata: { name: 'pods' }, webhooks: [webhook('')] },
      { metadata: { name: 'sparks' }, webhooks: [webhook(''), webhook('sparkoperator.k8s.io')] },
    ];
    expect(peerWebhooksAmong('K', configurations)).toEqual([{ kind: 'K', name: 'sparks', serviceNamespace: 'theirs' }]);
  });
});

describe('accessNeeds', () => {
  it('names each right that the hooks use', () => {
    const names = { namespace: 'operator', secretName: 'certs', configurationName: 'webhook' };
    expect(accessNeeds(['certificates', 'crds', 'cleanup'], names, [definition]).map(accessText)).toEqual([
      'create secrets in namespace operator',
      'get secrets/certs in namespace operator',
      'patch secrets/certs in namespace operator',
      'get mutatingwebhookconfigurations.admissionregistration.k8s.io/webhook',
      'get validatingwebhookconfigurations.admissionregistration.k8s.io/webhook',
      'patch mutatingwebhookconfigurations.admissionregistration.k8s.io/webhook',
      'patch validatingwebhookconfigurations.admissionregistration.k8s.io/webhook',
      'create customresourcedefinitions.apiextensions.k8s.io',
      'get customresourcedefinitions.apiextensions.k8s.io/sparks.example',
      'patch customresourcedefinitions.apiextensions.k8s.io/sparks.example',
      'delete mutatingwebhookconfigurations.admissionregistration.k8s.io/webhook',
      'delete validatingwebhookconfigurations.admissionregistration.k8s.io/webhook',
      'delete secrets/certs in namespace operator',
    ]);
  });
});
