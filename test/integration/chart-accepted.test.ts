import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { run, type RunResult } from '../../hack/run.ts';
import { render } from './chart.ts';

const accepted: Record<string, object> = {
  'the defaults': {},
  'a list of namespaces': { spark: { jobNamespaces: ['team-a', 'team-b'] } },
  'all namespaces': { spark: { jobNamespaces: ['', 'team-a'] } },
  'namespaces by a selector': { spark: { jobNamespaceSelector: 'spark=enabled,tier in (batch,etl),!paused' } },
  'what a site may need': {
    global: { imageRegistry: 'registry.example.org:5000', imagePullSecrets: ['registry'] },
    image: { pullSecrets: [{ name: 'other' }] },
    commonLabels: { team: 'data' },
    commonAnnotations: { contact: 'data@example.org' },
    httpsProxy: 'http://proxy:3128',
    priorityClass: { create: true },
    networkPolicy: {
      metricsFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      webhookFrom: [{ ipBlock: { cidr: '10.0.0.0/28' } }],
      extraEgress: [{ ports: [{ port: 3128, protocol: 'TCP' }] }],
    },
    hook: { requiredSecrets: ['team-a/s3'], affinity: { nodeAffinity: {} } },
    controller: {
      replicas: 2,
      hostUsers: true,
      podDisruptionBudget: { enable: true, minAvailable: '50%' },
      nodeSelector: { pool: 'system' },
      tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: {} } },
          ],
        },
      },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      env: [{ name: 'EXTRA', value: 'yes' }],
      envFrom: [{ secretRef: { name: 'extra', optional: true } }],
      kubeAPIQPS: 100,
    },
    podDefaults: { propagate: { secrets: ['s3'], configMaps: ['hadoop'] } },
    prometheus: { service: { create: true, annotations: { 'prometheus.io/scrape': 'true' } } },
    historyServer: { enable: true, s3: { secretName: 's3', endpoint: 'http://s3:7070' }, ingress: { enable: true } },
  },
};

// The oldest Kubernetes that the chart admits, and the one of the test clusters.
describe.each(['1.31', '1.34'])('the rendered chart, as a dry run on Kubernetes %s', (emulatedVersion) => {
  let controlPlane: ControlPlane;

  const kubectl = (args: readonly string[], input = ''): Promise<RunResult> =>
    run(kubectlPath(), args, { env: { KUBECONFIG: controlPlane.kubeconfig }, input });

  beforeAll(async () => {
    controlPlane = await startControlPlane({ name: 'accepted', emulatedVersion });
    for (const name of ['spark-operator', 'team-a', 'team-b']) await kubectl(['create', 'namespace', name]);
    // A dry run keeps nothing, so the account of the test pod must be there before it.
    await kubectl(['-n', 'spark-operator', 'create', 'serviceaccount', 'spark-operator-test']);
    const restricted = ['enforce', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}=restricted`);
    await kubectl(['label', 'namespace', 'spark-operator', ...restricted]);
  }, 120_000);

  afterAll(async () => {
    await controlPlane.stop();
  });

  it.each(Object.entries(accepted))(
    'is accepted with %s, hooks included, without a warning of the restricted Pod Security Standard',
    async (_name, values) => {
      const { stdout, stderr } = await kubectl(['apply', '--dry-run=server', '-f', '-'], await render(values));
      expect(stdout).toContain('deployment.apps/spark-operator-controller created (server dry run)');
      expect(stdout).toContain('deployment.apps/spark-operator-webhook created (server dry run)');
      expect(stdout).toContain('job.batch/spark-operator-hook-certificates created (server dry run)');
      expect(stdout).toContain('pod/spark-operator-test created (server dry run)');
      // The account was made with `create`, so `apply` remarks that it adds its annotation.
      expect(stderr.replace(/^.*last-applied-configuration.*\n/gm, '')).toBe('');
    },
    60_000,
  );

  it('would show a pod that does not meet the standard', async () => {
    const rendered = await render({ webhook: { securityContext: { allowPrivilegeEscalation: true } } });
    const { stderr } = await kubectl(['apply', '--dry-run=server', '-f', '-'], rendered);
    expect(stderr).toMatch(/would violate PodSecurity "restricted.*spark-operator-webhook/);
  }, 60_000);
});
