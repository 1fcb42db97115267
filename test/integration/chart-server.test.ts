import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { helmPath, kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { CommandError, run, type RunResult } from '../../hack/run.ts';
import { piApplication } from '../e2e/pi.ts';
import { applyCrds } from '../operator/apply-crds.ts';
import { CHART, render } from './chart.ts';

const KUBEFLOW = join(import.meta.dirname, 'kubeflow-values.yaml');
const CONTAINER = { name: 'main', image: 'none' };
const NAMESPACES = ['spark-operator', 'team-a', 'team-b'];

/** There is no kubelet that could run the jobs of the hooks. */
const NO_HOOKS = ['--no-hooks'];

/** Questions to the authorizer about the controller's account when only team-a is listed. */
const rights: Record<string, { ask: readonly string[]; want: 'yes' | 'no' }> = {
  'it creates driver pods in its namespace': { ask: ['create', 'pods', '-n', 'team-a'], want: 'yes' },
  'it writes the status of applications': {
    ask: ['patch', 'sparkapplications.sparkoperator.k8s.io', '--subresource=status', '-n', 'team-a'],
    want: 'yes',
  },
  'it does not write their spec': {
    ask: ['patch', 'sparkapplications.sparkoperator.k8s.io', '-n', 'team-a'],
    want: 'no',
  },
  'it renews its own lease': {
    ask: ['patch', 'leases.coordination.k8s.io/spark-operator-controller-lock', '-n', 'spark-operator'],
    want: 'yes',
  },
  'it touches no other lease': {
    ask: ['patch', 'leases.coordination.k8s.io/other', '-n', 'spark-operator'],
    want: 'no',
  },
  'it reads no secret': { ask: ['get', 'secrets', '-n', 'team-a'], want: 'no' },
  'it executes nothing in pods': { ask: ['create', 'pods', '--subresource=exec', '-n', 'team-a'], want: 'no' },
  'it sees nothing of another namespace': { ask: ['list', 'pods', '-n', 'team-b'], want: 'no' },
  'it sees nothing cluster-wide': { ask: ['list', 'sparkapplications.sparkoperator.k8s.io', '-A'], want: 'no' },
  'it may not make pods in its own namespace': { ask: ['create', 'pods', '-n', 'spark-operator'], want: 'no' },
};

/** The kinds that the chart makes. */
const KINDS = [
  ...['deployments', 'pods', 'jobs', 'services', 'configmaps', 'serviceaccounts', 'poddisruptionbudgets', 'leases'],
  ...['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings', 'networkpolicies', 'priorityclasses'],
  ...['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
].join(',');

describe('the rendered chart against a real API server', () => {
  let controlPlane: ControlPlane;

  const kubectl = (args: readonly string[], input = ''): Promise<RunResult> =>
    run(kubectlPath(), args, { env: { KUBECONFIG: controlPlane.kubeconfig }, input });

  beforeAll(async () => {
    controlPlane = await startControlPlane({ name: 'chart' });
    await applyCrds(controlPlane.kubeconfig);
    for (const name of NAMESPACES) await kubectl(['create', 'namespace', name]);
  }, 120_000);

  afterAll(async () => {
    await controlPlane.stop();
  });

  describe('what the controller may do when it serves one namespace', () => {
    beforeAll(async () => {
      const values = { spark: { jobNamespaces: ['team-a'] }, webhook: { enable: false } };
      const rendered = await render(values, { flags: NO_HOOKS });
      await kubectl(['apply', '-f', '-'], rendered);
    }, 30_000);

    it.each(Object.entries(rights))('%s', async (_name, { ask, want }) => {
      const account = 'system:serviceaccount:spark-operator:spark-operator-controller';
      // "no" comes with exit code 1.
      const answer = await kubectl(['auth', 'can-i', ...ask, `--as=${account}`]).catch((error: unknown) => {
        if (error instanceof CommandError && error.code === 1) return error;
        throw error;
      });
      expect(answer.stdout.trim()).toMatch(new RegExp(`^${want}`));
    });
  });

  describe('a release', () => {
    const helm = (...args: string[]): Promise<RunResult> =>
      run(helmPath(), [...args, '--namespace', 'helm', ...NO_HOOKS], { env: { KUBECONFIG: controlPlane.kubeconfig } });
    const objects = async (): Promise<string> =>
      (await kubectl(['get', KINDS, '-A', '-l', 'app.kubernetes.io/instance=mine', '-o', 'name'])).stdout.trim();
    const lock = ['-n', 'helm', 'get', 'lease', 'mine-spark-operator-controller-lock', '-o', 'name'];

    const CONFIGURATIONS = ['mutatingwebhookconfiguration', 'validatingwebhookconfiguration'] as const;

    /** As the webhook does it, entry by entry. */
    const trust = async (caBundle: string): Promise<void> => {
      const entries = [0, 1, 2].map((entry) => `/webhooks/${entry}/clientConfig/caBundle`);
      const patch = JSON.stringify(entries.map((path) => ({ op: 'add', path, value: caBundle })));
      for (const kind of CONFIGURATIONS)
        await kubectl(['patch', kind, 'mine-spark-operator-webhook', '--type=json', '--patch', patch]);
    };
    /** The caBundle and the timeout of every entry. */
    const trusted = async (): Promise<readonly string[]> => {
      const entry = '{.clientConfig.caBundle} {.timeoutSeconds}{"\\n"}';
      const format = `jsonpath={range .items[*].webhooks[*]}${entry}{end}`;
      const mine = ['-l', 'app.kubernetes.io/instance=mine'];
      const { stdout } = await kubectl(['get', CONFIGURATIONS.join(','), ...mine, '-o', format]);
      return stdout.split('\n').filter((line) => line !== '');
    };

    beforeAll(async () => {
      await kubectl(['create', 'namespace', 'helm']);
    });

    afterEach(async () => {
      await helm('uninstall', 'mine', '--wait', '--ignore-not-found');
    }, 60_000);

    it('gets its Roles in a namespace that an upgrade adds, and leaves nothing when it is uninstalled', async () => {
      await helm('install', 'mine', CHART, '--set', 'spark.jobNamespaces={team-a}');
      const account = ['-n', 'team-b', 'get', 'serviceaccount', 'mine-spark'];
      await expect(kubectl(account)).rejects.toThrow(/NotFound/);
      await helm('upgrade', 'mine', CHART, '--set', 'spark.jobNamespaces={team-a,team-b}');
      await kubectl(account);
      await kubectl(lock);

      await helm('uninstall', 'mine', '--wait');
      await expect(objects()).resolves.toBe('');
      await kubectl(['get', 'crd', 'sparkapplications.sparkoperator.k8s.io']);
    }, 120_000);

    it('keeps what the webhook wrote into its configurations, through upgrade and rollback', async () => {
      await helm('install', 'mine', CHART, '--set', 'spark.jobNamespaces={team-a}');
      await trust('Zmlyc3Q=');
      await helm('upgrade', 'mine', CHART, '--set', 'spark.jobNamespaces={team-a,team-b},webhook.timeoutSeconds=5');
      await expect(trusted()).resolves.toEqual(Array(6).fill('Zmlyc3Q= 5'));
      await trust('c2Vjb25k');
      await helm('rollback', 'mine', '1');
      await expect(trusted()).resolves.toEqual(Array(6).fill('c2Vjb25k 10'));
      await helm('uninstall', 'mine', '--wait');
      await expect(trusted()).resolves.toEqual([]);
    }, 120_000);

    it("installs with kubeflow's values, and names those without effect", async () => {
      const { stdout } = await helm('install', 'mine', CHART, '--values', KUBEFLOW);
      expect(stdout).toMatch(/accepted without effect \(docs\/migration\.md says why\):\n {2}hook\.image\n/);
      expect(stdout).toContain('image.registry, image.repository, image.tag (they name kubeflow');
      await helm('uninstall', 'mine', '--wait');
    }, 120_000);

    it('says what the webhook does not see when the release lies in a job namespace', async () => {
      const elsewhere = await helm('install', 'mine', CHART, '--dry-run', '--set', 'spark.jobNamespaces={team-a}');
      expect(elsewhere.stdout).not.toContain('The webhook never looks at its own namespace');
      const within = await helm('install', 'mine', CHART, '--dry-run', '--set', 'spark.jobNamespaces={team-a,helm}');
      expect(within.stdout).toContain('The webhook never looks at its own namespace "helm"');
    }, 60_000);

    it('asks an absent webhook about new specs in job namespaces, and about nothing else', async () => {
      const application = (namespace: string): string => JSON.stringify(piApplication({ namespace, name: 'pi' }));
      const pi = ['-n', 'team-a', 'sparkapplication/pi'];
      await kubectl(['create', '-f', '-'], application('team-a'));
      await helm('install', 'mine', CHART, '--set', 'spark.jobNamespaces={team-a}');
      await kubectl(['create', '-f', '-'], application('team-b'));
      await kubectl(['label', ...pi, 'team=data']);
      const spec = JSON.stringify({ spec: { arguments: ['3'] } });
      const edit = ['patch', ...pi, '--type=merge', '--patch', spec];
      await expect(kubectl(edit)).rejects.toThrow(/failed calling webhook "sparkapplications.sparkoperator.k8s.io"/);
      const labels = { 'sparkoperator.k8s.io/launched-by-spark-operator': 'true', 'spark-role': 'executor' };
      const pod = { metadata: { name: 'executor', namespace: 'team-a', labels }, spec: { containers: [CONTAINER] } };
      await kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...pod }));
      await kubectl(['delete', ...pi]);
      await helm('uninstall', 'mine', '--wait');
    }, 120_000);

    it('uses a Lease that another operator left behind, and does not claim it', async () => {
      const foreign = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
      const metadata = { name: 'mine-spark-operator-controller-lock', namespace: 'helm' };
      await kubectl(['create', '-f', '-'], JSON.stringify({ ...foreign, metadata }));
      await helm('install', 'mine', CHART, '--set', 'spark.jobNamespaces={team-a}');
      await helm('upgrade', 'mine', CHART, '--set', 'spark.jobNamespaces={team-b}');
      await helm('uninstall', 'mine', '--wait');
      await kubectl(lock);
    }, 120_000);
  });
});
