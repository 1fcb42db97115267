import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';

import { apiError, sparkctl, type FakeObject, type FakeWorld } from '../../test/fake-cli.ts';

const teamA: FakeObject = { kind: 'Namespace', metadata: { name: 'team-a', labels: { owner: 'ann' } } };

function anOperator(flags: readonly string[], namespace = 'spark-operator'): FakeObject {
  const metadata = {
    name: 'spark-operator-controller',
    namespace,
    labels: { 'app.kubernetes.io/component': 'controller', 'app.kubernetes.io/instance': 'spark-operator' },
  };
  const containers = [{ args: ['controller', 'start', ...flags] }];
  const spec = { template: { spec: { serviceAccountName: 'the-controller', containers } } };
  const deployment = { kind: 'Deployment', metadata, spec };
  return deployment;
}

const everywhere = anOperator(['--namespaces=']);
const listing = anOperator(['--namespaces=default']);
const selecting = anOperator(['--namespaces=', '--namespace-selector=spark=yes']);

const copying: FakeObject = { kind: 'ClusterRole', metadata: { name: 'spark-operator-propagate' } };

const forbidden = (verb: string, plural: string): ReturnType<typeof apiError> =>
  apiError(403, 'Forbidden', `${plural} is forbidden: User "ann" cannot ${verb} resource "${plural}"`);

interface Case {
  readonly args?: readonly string[];
  readonly world: FakeWorld;
  readonly want: object;
}

const cases: Record<string, Case> = {
  'makes account, Role and binding, and says so as kubectl does': {
    world: { objects: [teamA, everywhere] },
    want: {
      code: 0,
      out: [
        'serviceaccount/spark created',
        'role.rbac.authorization.k8s.io/spark created',
        'rolebinding.rbac.authorization.k8s.io/spark created',
        '',
      ].join('\n'),
      err: 'Applications in "team-a" name it as spec.driver.serviceAccount: spark\n',
      writes: ['apply ServiceAccount team-a/spark', 'apply Role team-a/spark', 'apply RoleBinding team-a/spark'],
    },
  },
  'adds a quota and default requests': {
    args: ['--quota', 'cpu=20,pods=50', '--default-request', 'cpu=100m'],
    world: { objects: [teamA, everywhere] },
    want: { code: 0, out: expect.stringMatching(/resourcequota\/spark created\nlimitrange\/spark created\n$/) },
  },
  'names the helm command when the operator lists namespaces': {
    world: { objects: [teamA, listing] },
    want: {
      code: 0,
      err: expect.stringContaining(
        `  helm upgrade spark-operator charts/spark-operator --namespace spark-operator --reset-then-reuse-values --set-json 'spark.jobNamespaces=["default","team-a"]'\n`,
      ),
    },
  },
  'does not take the account that the chart will make': {
    args: ['--service-account', 'spark-operator-spark'],
    world: { objects: [teamA, listing] },
    want: { code: 1, writes: [], err: expect.stringContaining('choose another --service-account') },
  },
  'labels the namespace for an operator that selects by label': {
    world: { objects: [teamA, selecting] },
    want: { code: 0, out: expect.stringMatching(/^namespace\/team-a configured\nserviceaccount\/spark created\n/) },
  },
  'lets the operator copy Secrets there when something may be copied': {
    args: ['-o', 'json'],
    world: { objects: [teamA, everywhere, copying] },
    want: {
      code: 0,
      out: expect.stringMatching(
        /"name": "spark-operator-propagate",\s+"namespace": "team-a"[^]*"kind": "ClusterRole",\s+"name": "spark-operator-propagate"[^]*"name": "the-controller",\s+"namespace": "spark-operator"/,
      ),
    },
  },
  'leaves that to the chart where it lists namespaces': {
    world: { objects: [teamA, listing, copying] },
    want: { code: 0, out: expect.not.stringContaining('propagate') },
  },
  'leaves a label that is there': {
    world: { objects: [{ ...teamA, metadata: { name: 'team-a', labels: { spark: 'yes' } } }, selecting] },
    want: { code: 0, out: expect.stringMatching(/^serviceaccount\/spark created\n/) },
  },
  'makes the namespace only when asked to': {
    world: { objects: [everywhere] },
    want: {
      code: 1,
      writes: [],
      err: 'error: namespace "team-a" does not exist: add --create to make it\n',
    },
  },
  'makes the namespace when asked to': {
    args: ['--create'],
    world: { objects: [everywhere] },
    want: { code: 0, out: expect.stringMatching(/^namespace\/team-a created\n/) },
  },
  'goes on when the operator cannot be seen, and says so': {
    world: { objects: [teamA], failures: { 'list deployments': forbidden('list', 'deployments') } },
    want: { code: 0, err: expect.stringContaining('warning: you may not list Deployments, so nobody can say') },
  },
  'asks which of two operators': {
    world: { objects: [teamA, everywhere, anOperator(['--namespaces=a'], 'other')] },
    want: { code: 1, writes: [], err: expect.stringContaining('choose with --operator-namespace and --release') },
  },
  'takes the operator that was named': {
    args: ['--operator-namespace', 'other'],
    world: { objects: [teamA, everywhere, anOperator(['--namespaces=a'], 'other')] },
    want: { code: 0, err: expect.stringContaining('--namespace other') },
  },
  'tells what to ask an administrator for when a right is missing': {
    world: { objects: [teamA, everywhere], failures: { 'apply roles': forbidden('patch', 'roles') } },
    want: {
      code: 1,
      err: expect.stringMatching(
        /you may not apply roles\.rbac\.authorization\.k8s\.io in namespace "team-a": .*sparkctl setup namespace team-a --dry-run \| kubectl apply -f -/,
      ),
    },
  },
  'refuses a quota that is none': {
    args: ['--quota', 'cpu=lots'],
    world: {},
    want: { code: 2, err: expect.stringContaining('"lots" is no amount of cpu') },
  },
};

describe('sparkctl setup namespace', () => {
  it.each(Object.entries(cases))('%s', async (_name, { args = [], world, want }) => {
    expect(await sparkctl(['setup', 'namespace', 'team-a', ...args], world)).toMatchObject(want);
  });

  it('changes nothing the second time', async () => {
    const world = { objects: [teamA, everywhere] };
    const { out } = await sparkctl(['setup', 'namespace', 'team-a', '-o', 'json'], world);
    // What was printed is a List of the objects.
    const { items } = JSON.parse(out) as { readonly items: readonly FakeObject[] };
    const again = await sparkctl(['setup', 'namespace', 'team-a'], { objects: [...world.objects, ...items] });
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^(\S+ unchanged\n){3}$/) });
  });

  it('prints manifests for kubectl, and changes nothing', async () => {
    const args = ['setup', 'namespace', 'team-a', '--create', '--quota', 'cpu=2', '--dry-run'];
    const { out, writes } = await sparkctl(args, { objects: [selecting] });
    const documents = parseAllDocuments(out).map((document) => document.toJS() as unknown);
    expect(writes).toEqual([]);
    expect(documents).toEqual([
      expect.objectContaining({ kind: 'Namespace', metadata: { name: 'team-a', labels: { spark: 'yes' } } }),
      expect.objectContaining({ apiVersion: 'v1', kind: 'ServiceAccount' }),
      expect.objectContaining({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' }),
      expect.objectContaining({
        kind: 'RoleBinding',
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'spark' },
        subjects: [{ kind: 'ServiceAccount', name: 'spark', namespace: 'team-a' }],
      }),
      expect.objectContaining({ kind: 'ResourceQuota', spec: { hard: { 'requests.cpu': '2' } } }),
    ]);
  });
});
