import { describe, expect, it, jest } from '@jest/globals';

import { LABEL_INJECT, LABEL_LAUNCHED_BY, LABEL_NAMESPACE_INJECT, LABEL_SPARK_ROLE } from '../../api/labels.ts';
import { parseLabelSelector } from '../../kube/label-selector.ts';
import { loadConfig } from '../../webhook/config.ts';
import { containers, objectsOf, permissions, render, type Rendered, type RenderOptions } from './chart.ts';

// Each rendering starts a process: on a busy machine that takes seconds.
jest.setTimeout(30_000);

const WEBHOOK = 'Deployment spark-operator/spark-operator-webhook';
const MUTATING = 'MutatingWebhookConfiguration spark-operator-webhook';
const VALIDATING = 'ValidatingWebhookConfiguration spark-operator-webhook';
const CERT_MANAGER: RenderOptions = { flags: ['--api-versions', 'cert-manager.io/v1/Certificate'] };

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

const NAME = 'kubernetes.io/metadata.name';
const SYSTEM = ['kube-system', 'kube-public', 'kube-node-lease'];
const except = (...more: string[]): Expression => ({ key: NAME, operator: 'NotIn', values: [...SYSTEM, ...more] });
const among = (...values: string[]): Expression => ({ key: NAME, operator: 'In', values });
const OUTSIDE = except('spark-operator');

const objectsFor = async (values: object, options?: RenderOptions): Promise<ReadonlyMap<string, Rendered>> =>
  objectsOf(await render(values, options));

/** The namespaceSelector of every entry of the two configurations, by the entry's name without our group. */
function namespaceSelectors(objects: ReadonlyMap<string, Rendered>): Record<string, unknown> {
  const entries = [MUTATING, VALIDATING].flatMap((key) => objects.get(key)?.webhooks ?? []);
  return Object.fromEntries(
    entries.map(({ name, namespaceSelector }) => [
      name.replace('.sparkoperator.k8s.io', ''),
      namespaceSelector.matchExpressions,
    ]),
  );
}

const everyPod = (...expressions: readonly Expression[]): Record<string, unknown> => ({
  pods: expressions,
  'foreign-pods': [...expressions, { key: LABEL_NAMESPACE_INJECT, operator: 'NotIn', values: ['enabled'] }],
  'namespace-pods': [...expressions, { key: LABEL_NAMESPACE_INJECT, operator: 'In', values: ['enabled'] }],
});
const everyApplication = (...expressions: readonly Expression[]): Record<string, unknown> => ({
  sparkapplications: expressions,
  scheduledsparkapplications: expressions,
});

const scopes: Record<string, { given: object; want: object; flags: readonly string[] }> = {
  'by default the namespace default': {
    given: {},
    want: {
      ...everyPod(OUTSIDE, among('default')),
      ...everyApplication(OUTSIDE, among('default')),
      sparkpoddefaults: [except(), among('default', 'spark-operator')],
    },
    flags: ['--namespaces=default'],
  },
  'all namespaces': {
    given: { spark: { jobNamespaces: ['', 'team-a'] } },
    want: { ...everyPod(OUTSIDE), ...everyApplication(OUTSIDE), sparkpoddefaults: [except()] },
    flags: ['--namespaces='],
  },
  'namespaces with labels, and the release namespace for the defaults of the site': {
    given: { spark: { jobNamespaceSelector: 'spark=enabled' } },
    want: {
      ...everyPod(OUTSIDE, { key: 'spark', operator: 'In', values: ['enabled'] }),
      ...everyApplication(OUTSIDE, { key: 'spark', operator: 'In', values: ['enabled'] }),
      sparkpoddefaults: [OUTSIDE, { key: 'spark', operator: 'In', values: ['enabled'] }],
      'site-sparkpoddefaults': [among('spark-operator')],
    },
    flags: ['--namespaces=', '--namespace-selector=spark=enabled'],
  },
  'not those that are left out by value': {
    given: { spark: { jobNamespaces: [''] }, webhook: { excludedNamespaces: ['cert-manager'] } },
    want: {
      ...everyPod(except('spark-operator', 'cert-manager')),
      ...everyApplication(except('spark-operator', 'cert-manager')),
      sparkpoddefaults: [except('cert-manager')],
    },
    flags: ['--namespaces='],
  },
};

describe('the namespaces that the webhook sees', () => {
  it.each(Object.entries(scopes))('are %s', async (_name, { given, want, flags }) => {
    const objects = await objectsFor(given);
    expect(namespaceSelectors(objects)).toEqual(want);
    const programs = containers(objects).filter(({ args }) => args?.[1] === 'start');
    expect(programs).toHaveLength(2);
    for (const { args } of programs) expect(args).toEqual(expect.arrayContaining([...flags]));
  });
});

/** kubectl's notation, and what the API server shall match. */
const selectors: Record<string, readonly Expression[]> = {
  'team=a': [{ key: 'team', operator: 'In', values: ['a'] }],
  'team == a': [{ key: 'team', operator: 'In', values: ['a'] }],
  'team!=a': [{ key: 'team', operator: 'NotIn', values: ['a'] }],
  'team in (a, b),tier notin (x)': [
    { key: 'team', operator: 'In', values: ['a', 'b'] },
    { key: 'tier', operator: 'NotIn', values: ['x'] },
  ],
  'example.org/spark,!paused': [
    { key: 'example.org/spark', operator: 'Exists' },
    { key: 'paused', operator: 'DoesNotExist' },
  ],
  'team=': [{ key: 'team', operator: 'In', values: [''] }],
};

describe('spark.jobNamespaceSelector', () => {
  it.each(Object.entries(selectors))('%s means the same to the API server and to the programs', async (text, want) => {
    const objects = await objectsFor({ spark: { jobNamespaceSelector: text } });
    expect(namespaceSelectors(objects)).toMatchObject({ pods: [OUTSIDE, ...want] });
    expect(expressionsOf(text)).toEqual(want);
  });

  it.each(['a b', '=x', 'a>3', 'team in a'])('refuses %s', async (text) => {
    await expect(render({ spark: { jobNamespaceSelector: text } })).rejects.toThrow(/is no label requirement/);
  });
});

/** What the programs read, with a value as one of a list, as the chart writes it. */
function expressionsOf(text: string): readonly Expression[] {
  const { matchLabels = {}, matchExpressions = [] } = parseLabelSelector(text);
  const equal = Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return [...equal, ...matchExpressions];
}

const cases: Record<string, { given: object; options?: RenderOptions; has?: object; lacks?: readonly string[] }> = {
  'two pods, rather on different nodes, one of which stays': {
    given: {},
    has: {
      [WEBHOOK]: {
        spec: {
          replicas: 2,
          strategy: { rollingUpdate: { maxUnavailable: 0 } },
          template: {
            spec: {
              affinity: {
                podAntiAffinity: {
                  preferredDuringSchedulingIgnoredDuringExecution: [
                    {
                      podAffinityTerm: {
                        labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'webhook' } },
                      },
                    },
                  ],
                },
              },
              topologySpreadConstraints: [{ whenUnsatisfiable: 'ScheduleAnyway' }],
            },
          },
        },
      },
      'PodDisruptionBudget spark-operator/spark-operator-webhook': { spec: { minAvailable: 1 } },
      'Service spark-operator/spark-operator-webhook-svc': { spec: { ports: [{ port: 443, targetPort: 'webhook' }] } },
    },
  },
  'one pod has no budget that would hold up a drain': {
    given: { webhook: { replicas: 1 } },
    lacks: ['PodDisruptionBudget spark-operator/spark-operator-webhook'],
  },
  'nothing at all when it is switched off': {
    given: { webhook: { enable: false } },
    lacks: [WEBHOOK, MUTATING, VALIDATING, 'ClusterRole spark-operator-webhook'],
  },
  'a priority class on demand': {
    given: { priorityClass: { create: true } },
    has: {
      'PriorityClass spark-operator': { value: 1_000_000 },
      [WEBHOOK]: { spec: { template: { spec: { priorityClassName: 'spark-operator' } } } },
      'Deployment spark-operator/spark-operator-controller': {
        spec: { template: { spec: { priorityClassName: 'spark-operator' } } },
      },
    },
  },
  'cert-manager makes the certificate when it shall': {
    given: { certManager: { enable: true, duration: '2160h' } },
    options: CERT_MANAGER,
    has: {
      'Issuer spark-operator/spark-operator-webhook': { spec: { selfSigned: {} } },
      'Certificate spark-operator/spark-operator-webhook': {
        spec: {
          secretName: 'spark-operator-webhook-certs',
          issuerRef: { kind: 'Issuer', name: 'spark-operator-webhook' },
          dnsNames: expect.arrayContaining(['spark-operator-webhook-svc.spark-operator.svc']),
          duration: '2160h',
        },
      },
      [MUTATING]: {
        metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'spark-operator/spark-operator-webhook' } },
      },
      [VALIDATING]: {
        metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'spark-operator/spark-operator-webhook' } },
      },
    },
    lacks: ['Job spark-operator/spark-operator-hook-certificates'],
  },
  "cert-manager's issuer may be the site's own": {
    given: { certManager: { enable: true, issuerRef: { kind: 'ClusterIssuer', name: 'site' } } },
    options: CERT_MANAGER,
    has: {
      'Certificate spark-operator/spark-operator-webhook': {
        spec: { issuerRef: { kind: 'ClusterIssuer', name: 'site' } },
      },
    },
    lacks: ['Issuer spark-operator/spark-operator-webhook'],
  },
};

describe('the webhook of the chart', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, options, has = {}, lacks = [] }) => {
    const objects = await objectsFor(given, options);
    expect(Object.fromEntries(objects)).toMatchObject(has);
    for (const key of lacks) expect([...objects.keys()]).not.toContain(key);
  });

  it('fails closed for our kinds and open for pods, and leaves the caBundle to the programs', async () => {
    const objects = await objectsFor({});
    for (const webhook of objects.get(MUTATING)?.webhooks ?? []) {
      expect(webhook).toMatchObject({ failurePolicy: 'Ignore', reinvocationPolicy: 'IfNeeded', sideEffects: 'None' });
      expect(webhook.clientConfig).not.toHaveProperty('caBundle');
    }
    for (const webhook of objects.get(VALIDATING)?.webhooks ?? []) {
      expect(webhook).toMatchObject({ failurePolicy: 'Fail', sideEffects: 'None', timeoutSeconds: 10 });
      expect(webhook.clientConfig).not.toHaveProperty('caBundle');
    }
  });

  it('selects pods by the labels that the programs use', async () => {
    const entries = (await objectsFor({})).get(MUTATING)?.webhooks ?? [];
    const notOurs = { key: LABEL_LAUNCHED_BY, operator: 'DoesNotExist' };
    expect(entries.map(({ objectSelector }) => objectSelector)).toEqual([
      { matchLabels: { [LABEL_LAUNCHED_BY]: 'true' } },
      { matchLabels: { [LABEL_INJECT]: 'true' }, matchExpressions: [notOurs] },
      { matchExpressions: [{ key: LABEL_SPARK_ROLE, operator: 'In', values: ['driver', 'executor'] }, notOurs] },
    ]);
  });

  it('may write its own certificate and its own configurations, and reads the rest', async () => {
    const objects = await objectsFor({});
    const reads = ['sparkoperator.k8s.io/sparkapplications: get list watch'];
    const defaults = 'sparkoperator.k8s.io/sparkpoddefaults: get list watch';
    const configuration = (kind: string): string =>
      `admissionregistration.k8s.io/${kind}webhookconfigurations spark-operator-webhook: get list watch patch`;
    expect(permissions(objects.get('ClusterRole spark-operator-webhook'))).toEqual([
      configuration('mutating'),
      configuration('validating'),
      '/namespaces: get list watch',
      'authorization.k8s.io/subjectaccessreviews: create',
    ]);
    expect(permissions(objects.get('Role spark-operator/spark-operator-webhook-release'))).toEqual([
      '/secrets: create',
      '/secrets spark-operator-webhook-certs: get list watch update patch',
      defaults,
    ]);
    expect(permissions(objects.get('Role default/spark-operator-webhook'))).toEqual([
      ...reads,
      defaults,
      '/resourcequotas: list',
    ]);
  });
});

/** Values, and what the program then works with. */
const switches: Record<string, { given: object; options?: RenderOptions; want: object }> = {
  'the defaults': {
    given: {},
    want: {
      namespaces: ['default'],
      operatorNamespace: 'spark-operator',
      quota: 'warn',
      userAccess: 'warn',
      maxRequestBytes: 3_145_728,
      tlsMinVersion: 'TLSv1.3',
      certificate: {
        issuer: 'self',
        secretName: 'spark-operator-webhook-certs',
        serviceName: 'spark-operator-webhook-svc',
        configurationName: 'spark-operator-webhook',
        leafLifeMs: 90 * 24 * 3_600_000,
      },
    },
  },
  'every switch': {
    given: {
      webhook: {
        port: 10_250,
        tlsMinVersion: '1.2',
        resourceQuotaEnforcement: { mode: 'deny' },
        userAccessCheck: { mode: 'off', trustedServiceAccounts: ['team-a:spark', 'default'] },
        certificates: { duration: '24h', caDuration: '48h' },
        maxRequestBytes: 1_048_576,
        kubeAPIQPS: 50,
        logLevel: 'debug',
        logEncoder: 'console',
      },
      prometheus: { metrics: { port: 9090, prefix: 'x_' } },
    },
    want: {
      quota: 'deny',
      userAccess: 'off',
      trustedServiceAccounts: ['team-a:spark', 'default', 'default:spark-operator-spark'],
      maxRequestBytes: 1_048_576,
      tlsMinVersion: 'TLSv1.2',
      certificate: { leafLifeMs: 24 * 3_600_000, caLifeMs: 48 * 3_600_000 },
      metrics: { enabled: true, prefix: 'x_' },
      kubeApiQps: 50,
      logLevel: 'debug',
      logEncoder: 'console',
    },
  },
  "kubeflow's switch of the quota check": {
    given: { webhook: { resourceQuotaEnforcement: { enable: true } } },
    want: { quota: 'deny' },
  },
  "kubeflow's default of the quota check": {
    given: { webhook: { resourceQuotaEnforcement: { enable: false } } },
    want: { quota: 'off' },
  },
  'cert-manager': {
    given: { certManager: { enable: true } },
    options: CERT_MANAGER,
    want: { certificate: { issuer: 'cert-manager' } },
  },
};

describe('the flags of the webhook', () => {
  it.each(Object.entries(switches))('say %s', async (_name, { given, options, want }) => {
    const container = containers(await objectsFor(given, options)).find(({ args }) => args?.[0] === 'webhook');
    // The image takes the two words that name the program.
    const flags = (container?.args ?? []).slice(2);
    expect(loadConfig(flags, { POD_NAMESPACE: 'spark-operator' })).toMatchObject(want);
  });
});
