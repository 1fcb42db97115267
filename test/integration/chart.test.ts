import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, jest } from '@jest/globals';
import { isMap, isScalar, parse, parseDocument, type YAMLMap } from 'yaml';

import { loadConfig } from '../../controller/config.ts';
import { helmPath } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/run.ts';
import { CHART, containers, objectsOf, permissions, render, type Rendered, type RenderOptions } from './chart.ts';

// Each rendering starts a process: on a busy machine that takes seconds.
jest.setTimeout(30_000);

const CONTROLLER = 'Deployment spark-operator/spark-operator-controller';

/** What the controller may do in a namespace it serves; no Secret, no change of a spec. */
const CONTROLLER_PERMISSIONS = [
  'sparkoperator.k8s.io/sparkapplications: get list watch create delete',
  'sparkoperator.k8s.io/scheduledsparkapplications: get list watch',
  'sparkoperator.k8s.io/sparkapplications/status: patch',
  'sparkoperator.k8s.io/scheduledsparkapplications/status: patch',
  'sparkoperator.k8s.io/sparkpoddefaults: get list watch',
  'sparkoperator.k8s.io/sparkpoddefaults/status: patch',
  '/pods: get list watch create delete',
  '/configmaps: get list create delete',
  '/services: get list create patch delete',
  '/persistentvolumeclaims: get create delete',
  '/events: list create patch',
];
const DRIVER_VERBS = 'get list watch create update patch delete deletecollection';
const DRIVER_PERMISSIONS = ['pods', 'services', 'configmaps', 'persistentvolumeclaims'].map(
  (resource) => `/${resource}: ${DRIVER_VERBS}`,
);
/** What it may do beside that, wherever the applications are. */
const OWN_PERMISSIONS = {
  'Role spark-operator/spark-operator-leader-election': [
    'coordination.k8s.io/leases spark-operator-controller-lock: get update patch',
    'coordination.k8s.io/leases: create',
  ],
  'Role spark-operator/spark-operator-pod-defaults': [
    'sparkoperator.k8s.io/sparkpoddefaults: get list watch',
    'sparkoperator.k8s.io/sparkpoddefaults/status: patch',
  ],
};
const readsNamespaces = (...names: readonly string[]): string =>
  `${['/namespaces', ...names].join(' ')}: get list watch`;

interface Case {
  readonly given: object;
  readonly options?: RenderOptions;
  /** Keys of all Roles and ClusterRoles, with what they permit. */
  readonly permits?: Readonly<Record<string, readonly string[]>>;
  /** Parts of objects, by key. */
  readonly has?: Readonly<Record<string, object>>;
  readonly lacks?: readonly string[];
  readonly flags?: readonly string[];
}

/** The arguments of the controller's container, whatever the release is called. */
function argsOf(objects: ReadonlyMap<string, Rendered>): readonly string[] {
  return containers(objects).find(({ args }) => args?.[0] === 'controller')?.args ?? [];
}

/** The webhook's and the users' objects have tests of their own. */
const CONTROLLER_ONLY = { webhook: { enable: false }, userRoles: { create: false }, hook: { enable: false } };

const container = (fields: object): object => podSpec({ containers: [expect.objectContaining(fields)] });
const podSpec = (fields: object): object => ({ spec: { template: { spec: fields } } });

const cases: Record<string, Case> = {
  'by default one controller serves the namespace default, with a Role there; cluster-wide it has no right': {
    given: {},
    permits: {
      'ClusterRole spark-operator-controller': [readsNamespaces('default')],
      'Role default/spark-operator-controller': CONTROLLER_PERMISSIONS,
      'Role default/spark-operator-spark': DRIVER_PERMISSIONS,
    },
    has: {
      [CONTROLLER]: { spec: { replicas: 1 } },
      'ServiceAccount spark-operator/spark-operator-controller': {},
      'ServiceAccount default/spark-operator-spark': {},
      'Lease spark-operator/spark-operator-controller-lock': {},
      'RoleBinding default/spark-operator-controller': {
        subjects: [{ kind: 'ServiceAccount', name: 'spark-operator-controller', namespace: 'spark-operator' }],
      },
      'RoleBinding default/spark-operator-spark': {
        subjects: [{ kind: 'ServiceAccount', name: 'spark-operator-spark', namespace: 'default' }],
      },
    },
    lacks: [
      'Service spark-operator/spark-operator-controller-metrics',
      'PodMonitor spark-operator/spark-operator',
      'PodDisruptionBudget spark-operator/spark-operator-controller',
    ],
    flags: [
      '--namespaces=default',
      '--controller-threads=10',
      '--log-level=info',
      '--log-encoder=json',
      '--driver-pod-creation-grace-period=10s',
      '--driver-start-grace=30s',
      '--max-tracked-executor-per-app=1000',
      '--enable-ui-service=true',
      '--leader-election=true',
      '--leader-election-lock-name=spark-operator-controller-lock',
      '--leader-election-lock-namespace=spark-operator',
      '--leader-election-lease-duration=15s',
      '--leader-election-renew-deadline=10s',
      '--leader-election-retry-period=2s',
      '--enable-metrics=true',
      '--metrics-bind-address=:8080',
      '--metrics-labels=app_type',
      '--health-probe-bind-address=:8081',
    ],
  },
  'the controller runs as nobody in particular, without privileges, and can write to /tmp only': {
    given: {},
    has: {
      [CONTROLLER]: {
        spec: {
          template: {
            spec: {
              securityContext: { runAsNonRoot: true, runAsUser: 185, seccompProfile: { type: 'RuntimeDefault' } },
              volumes: [{ name: 'tmp', emptyDir: {} }],
              containers: [
                {
                  securityContext: {
                    readOnlyRootFilesystem: true,
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ['ALL'] },
                  },
                  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
                  livenessProbe: { httpGet: { path: '/healthz', port: 'health' } },
                  readinessProbe: { httpGet: { path: '/readyz', port: 'health' } },
                  resources: { requests: { cpu: '100m', memory: '128Mi' } },
                },
              ],
            },
          },
        },
      },
    },
  },
  'a list of namespaces gives each its Roles': {
    given: { spark: { jobNamespaces: ['team-a', 'team-b'] } },
    permits: {
      'ClusterRole spark-operator-controller': [readsNamespaces('team-a', 'team-b')],
      'Role team-a/spark-operator-controller': CONTROLLER_PERMISSIONS,
      'Role team-b/spark-operator-controller': CONTROLLER_PERMISSIONS,
      'Role team-a/spark-operator-spark': DRIVER_PERMISSIONS,
      'Role team-b/spark-operator-spark': DRIVER_PERMISSIONS,
    },
    has: { [CONTROLLER]: container({ args: expect.arrayContaining(['--namespaces=team-a,team-b']) }) },
    lacks: ['ServiceAccount default/spark-operator-spark'],
  },
  'the release namespace may be a job namespace too': {
    given: { spark: { jobNamespaces: ['spark-operator'] } },
    permits: {
      'ClusterRole spark-operator-controller': [readsNamespaces('spark-operator')],
      'Role spark-operator/spark-operator-controller': CONTROLLER_PERMISSIONS,
      'Role spark-operator/spark-operator-spark': DRIVER_PERMISSIONS,
    },
  },
  'the empty namespace means all: a ClusterRole for the controller, accounts only where a namespace is named': {
    given: { spark: { jobNamespaces: ['', 'team-a'] } },
    permits: {
      'ClusterRole spark-operator-controller': [readsNamespaces(), ...CONTROLLER_PERMISSIONS],
      'Role team-a/spark-operator-spark': DRIVER_PERMISSIONS,
    },
    has: {
      'ClusterRoleBinding spark-operator-controller': {
        subjects: [{ kind: 'ServiceAccount', name: 'spark-operator-controller', namespace: 'spark-operator' }],
      },
      [CONTROLLER]: container({ args: expect.arrayContaining(['--namespaces=']) }),
    },
  },
  'switches of the controller become its flags': {
    given: {
      controller: {
        workers: 3,
        logLevel: 'debug',
        logEncoder: 'console',
        uiService: { enable: false },
        leaderElection: { enable: false },
        kubeAPIQPS: 100,
        kubeAPIBurst: 200,
      },
      prometheus: { metrics: { enable: false } },
    },
    flags: [
      '--namespaces=default',
      '--controller-threads=3',
      '--log-level=debug',
      '--log-encoder=console',
      '--driver-pod-creation-grace-period=10s',
      '--driver-start-grace=30s',
      '--max-tracked-executor-per-app=1000',
      '--enable-ui-service=false',
      '--leader-election=false',
      '--enable-metrics=false',
      '--health-probe-bind-address=:8081',
      '--kube-api-qps=100',
      '--kube-api-burst=200',
    ],
    lacks: [
      'Lease spark-operator/spark-operator-controller-lock',
      'Role spark-operator/spark-operator-leader-election',
    ],
  },
  'placement, identity and extras reach the pod': {
    given: {
      image: {
        registry: 'registry.example.org:5000',
        repository: 'team/operator',
        tag: '1.2.3',
        pullSecrets: [{ name: 'key' }],
      },
      controller: {
        replicas: 2,
        labels: { team: 'data' },
        annotations: { note: 'pod' },
        deploymentAnnotations: { note: 'deployment' },
        nodeSelector: { pool: 'system' },
        tolerations: [{ key: 'dedicated', operator: 'Exists' }],
        affinity: { nodeAffinity: {} },
        priorityClassName: 'system-cluster-critical',
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
        env: [{ name: 'HTTPS_PROXY', value: 'http://proxy' }],
        envFrom: [{ configMapRef: { name: 'extra' } }],
        sidecars: [{ name: 'sidecar', image: 'sidecar' }],
        podDisruptionBudget: { enable: true },
      },
    },
    has: {
      [CONTROLLER]: {
        metadata: { annotations: { note: 'deployment' } },
        spec: {
          replicas: 2,
          template: {
            metadata: { labels: { team: 'data' }, annotations: { note: 'pod' } },
            spec: {
              nodeSelector: { pool: 'system' },
              tolerations: [{ key: 'dedicated', operator: 'Exists' }],
              affinity: { nodeAffinity: {} },
              priorityClassName: 'system-cluster-critical',
              imagePullSecrets: [{ name: 'key' }],
              topologySpreadConstraints: [
                {
                  topologyKey: 'zone',
                  labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'controller' } },
                },
              ],
              containers: [
                {
                  image: 'registry.example.org:5000/team/operator:1.2.3',
                  env: [
                    { name: 'POD_NAME' },
                    { name: 'POD_NAMESPACE' },
                    { name: 'HTTPS_PROXY', value: 'http://proxy' },
                  ],
                  envFrom: [{ configMapRef: { name: 'extra' } }],
                },
                { name: 'sidecar' },
              ],
            },
          },
        },
      },
      'PodDisruptionBudget spark-operator/spark-operator-controller': { spec: { minAvailable: 1 } },
    },
  },
  'metrics can be found by Service and by PodMonitor': {
    given: {
      prometheus: {
        metrics: { port: 9090, prefix: 'x_' },
        service: { create: true, labels: { scrape: 'yes' } },
        podMonitor: { create: true, labels: { release: 'prometheus' } },
      },
    },
    options: { flags: ['--api-versions', 'monitoring.coreos.com/v1/PodMonitor'] },
    has: {
      'Service spark-operator/spark-operator-controller-metrics': {
        metadata: { labels: { scrape: 'yes' } },
        spec: { ports: [{ port: 9090, targetPort: 'metrics' }] },
      },
      'PodMonitor spark-operator/spark-operator': {
        metadata: { labels: { release: 'prometheus' } },
        spec: { podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }] },
      },
      [CONTROLLER]: container({
        args: expect.arrayContaining(['--metrics-bind-address=:9090', '--metrics-prefix=x_']),
      }),
    },
  },
  'a ServiceMonitor finds the metrics of controller and webhook': {
    given: {
      webhook: { enable: true },
      prometheus: { service: { create: true }, serviceMonitor: { create: true, labels: { release: 'prometheus' } } },
    },
    options: { flags: ['--api-versions', 'monitoring.coreos.com/v1/ServiceMonitor'] },
    has: {
      'ServiceMonitor spark-operator/spark-operator': {
        metadata: { labels: { release: 'prometheus' } },
        spec: {
          selector: {
            matchExpressions: [
              { key: 'app.kubernetes.io/component', operator: 'In', values: ['controller', 'webhook'] },
              { key: 'sparkoperator.k8s.io/metrics', operator: 'Exists' },
            ],
          },
          endpoints: [{ port: 'metrics', path: '/metrics' }],
        },
      },
      'Service spark-operator/spark-operator-controller-metrics': {
        metadata: { labels: { 'sparkoperator.k8s.io/metrics': 'true', 'app.kubernetes.io/component': 'controller' } },
      },
      'Service spark-operator/spark-operator-webhook-metrics': {
        metadata: { labels: { 'sparkoperator.k8s.io/metrics': 'true', 'app.kubernetes.io/component': 'webhook' } },
        spec: { selector: { 'app.kubernetes.io/component': 'webhook' } },
      },
    },
  },
  "the cluster's viewers may look at the operator's kinds, its editors and admins change them": {
    given: { userRoles: { create: true } },
    has: {
      'ClusterRole spark-operator-view': {
        metadata: {
          labels: {
            'rbac.authorization.k8s.io/aggregate-to-view': 'true',
            'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
            'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
          },
        },
        rules: [
          {
            resources: ['sparkapplications', 'scheduledsparkapplications', 'sparkpoddefaults'],
            verbs: ['get', 'list', 'watch'],
          },
          { verbs: ['get'] },
        ],
      },
      'ClusterRole spark-operator-edit': {
        metadata: {
          labels: {
            'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
            'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
          },
        },
        rules: [{ verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] }],
      },
    },
  },
  'accounts that exist already are used, not made': {
    given: {
      controller: { serviceAccount: { create: false, name: 'mine' }, rbac: { create: false } },
      spark: { serviceAccount: { create: false, name: 'theirs' } },
    },
    has: {
      [CONTROLLER]: podSpec({ serviceAccountName: 'mine' }),
      'RoleBinding default/spark-operator-spark': { subjects: [{ name: 'theirs', namespace: 'default' }] },
    },
    lacks: [
      'ServiceAccount default/theirs',
      'ServiceAccount spark-operator/mine',
      'Role default/spark-operator-controller',
      'Role spark-operator/spark-operator-leader-election',
    ],
  },
  'a release of another name prefixes all names with it': {
    given: {},
    options: { release: 'data' },
    has: {
      'Deployment spark-operator/data-spark-operator-controller': {},
      'ServiceAccount default/data-spark': {},
    },
    lacks: [CONTROLLER],
  },
};

describe('the chart', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, options, permits, has = {}, lacks = [], flags }) => {
    const objects = objectsOf(await render({ ...CONTROLLER_ONLY, ...given }, options));
    const isHook = (metadata: Rendered['metadata']): boolean => metadata.annotations?.['helm.sh/hook'] !== undefined;
    const roles = [...objects].filter(([, { kind, metadata }]) => kind.endsWith('Role') && !isHook(metadata));

    for (const [key, want] of Object.entries(has)) expect({ [key]: objects.get(key) }).toMatchObject({ [key]: want });
    for (const key of lacks) expect([...objects.keys()]).not.toContain(key);
    if (permits)
      expect(Object.fromEntries(roles.map(([key, role]) => [key, permissions(role)]))).toEqual({
        ...OWN_PERMISSIONS,
        ...permits,
      });
    if (flags) expect(argsOf(objects)).toEqual(['controller', 'start', ...flags]);
    // The program itself understands what the chart says to it.
    expect(() => loadConfig(argsOf(objects), { POD_NAMESPACE: 'spark-operator' })).not.toThrow();
  });

  it('passes helm lint without a warning', async () => {
    const { stdout } = await run(helmPath(), ['lint', '--strict', CHART]);
    expect(stdout).toContain('0 chart(s) failed');
    expect(stdout).not.toContain('[WARNING]');
  });
});

const refusals: Record<string, { given: object; want: RegExp }> = {
  'a key that does not exist': { given: { controler: {} }, want: /controler/ },
  'a key that does not exist further down': { given: { controller: { replica: 2 } }, want: /controller[^]*replica/ },
  'a name no namespace can have': { given: { spark: { jobNamespaces: ['Team_A'] } }, want: /jobNamespaces/ },
  'no namespace at all': { given: { spark: { jobNamespaces: [] } }, want: /or \[""\] for all of them/ },
  'a duration without a unit': {
    given: { controller: { leaderElection: { leaseDuration: '15' } } },
    want: /leaseDuration/,
  },
  'a log level nobody knows': { given: { controller: { logLevel: 'loud' } }, want: /logLevel/ },
  'a registry that is a path': { given: { image: { registry: 'ghcr.io/team' } }, want: /registry/ },
  'replicas without leader election': {
    given: { controller: { replicas: 2, leaderElection: { enable: false } } },
    want: /leader election/,
  },
  'a disruption budget for one pod': {
    given: { controller: { podDisruptionBudget: { enable: true } } },
    want: /Set controller.replicas to 2 or more/,
  },
  'spreading one pod': {
    given: { controller: { topologySpreadConstraints: [{ topologyKey: 'zone' }] } },
    want: /Set controller.replicas to 2 or more/,
  },
  'a PodMonitor in a cluster that has none': {
    given: { prometheus: { podMonitor: { create: true } } },
    want: /Install the Prometheus Operator first/,
  },
  'a ServiceMonitor without Services': {
    given: { prometheus: { serviceMonitor: { create: true } } },
    want: /prometheus.service.create is false/,
  },
  'cert-manager in a cluster that has none': {
    given: { certManager: { enable: true } },
    want: /Install cert-manager first/,
  },
  'a PodMonitor without metrics': {
    given: { prometheus: { metrics: { enable: false }, podMonitor: { create: true } } },
    want: /prometheus.metrics.enable is false/,
  },
};

describe('the chart refuses', () => {
  it.each(Object.entries(refusals))('%s', async (_name, { given, want }) => {
    await expect(render(given)).rejects.toThrow(want);
  });

  it('a cluster older than the oldest that is tested', async () => {
    await expect(render({}, { flags: ['--kube-version', '1.30.9'] })).rejects.toThrow(/1\.31/);
  });
});

describe('the test hook', () => {
  const application = async (values: object): Promise<unknown> => {
    const map = objectsOf(await render(values)).get('ConfigMap spark-operator/spark-operator-test');
    return parse(map?.data?.['spark-pi.json'] ?? '');
  };

  it('runs in the first job namespace with the account of the chart', async () => {
    await expect(application({ spark: { jobNamespaces: ['team-a', 'team-b'] } })).resolves.toMatchObject({
      metadata: { namespace: 'team-a' },
      spec: { driver: { serviceAccount: 'spark-operator-spark' } },
    });
  });

  it('brings an account along where the chart made none', async () => {
    const values = { spark: { jobNamespaces: [''] }, test: { namespace: 'somewhere' } };
    await expect(application(values)).resolves.toMatchObject({
      metadata: { namespace: 'somewhere' },
      spec: { driver: { serviceAccount: 'spark-operator-test-spark' } },
    });
    expect([...objectsOf(await render(values)).keys()]).toContain('ServiceAccount somewhere/spark-operator-test-spark');
  });
});

describe('values.yaml', () => {
  it('explains every value in a comment', async () => {
    const document = parseDocument(await readFile(join(CHART, 'values.yaml'), 'utf8'));
    expect(undocumented(document.contents as YAMLMap, '')).toEqual([]);
  });
});

/** Paths of values without a comment. A map of keys is a heading; an empty one, a list and a scalar are values. */
function undocumented(map: YAMLMap, path: string): string[] {
  return map.items.flatMap((pair, index) => {
    const { key, value } = pair;
    const name = isScalar(key) ? String(key.value) : '';
    // The parser hands the comment before a map's first key to the map, all others to their key.
    const comment = (isScalar(key) ? key.commentBefore : undefined) ?? (index === 0 ? map.commentBefore : undefined);
    if (comment?.includes('--') === true) return [];
    return isMap(value) && value.items.length > 0 ? undocumented(value, `${path}${name}.`) : [`${path}${name}`];
  });
}
