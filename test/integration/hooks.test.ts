import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { writeCrdFiles } from '../../hack/images/crd-files.ts';
import { run } from '../../hack/run.ts';
import { runHook, type Ended } from '../hook-process.ts';
import { untilServed } from '../operator/apply-crds.ts';

const root = join(import.meta.dirname, '../..');
const NAMESPACE = 'spark-operator';
const CONFIGURATION = 'spark-operator-webhook';
const SERVICE = 'spark-operator-webhook-svc';
const SECRET = 'spark-operator-webhook-certs';
const APPLICATIONS = 'sparkapplications.sparkoperator.k8s.io';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly [part: string]: unknown;
}

describe('the hooks on a real API server', () => {
  let plane: ControlPlane;
  let folder: string;
  let crds: string;

  const kubectl = async (args: readonly string[], ...objects: readonly Manifest[]): Promise<string> => {
    const input = objects.length === 0 ? '' : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    return (await run(kubectlPath(), ['--kubeconfig', plane.kubeconfig, ...args], { input })).stdout;
  };
  const read = async (...args: readonly string[]): Promise<string> =>
    kubectl(['get', ...args, '--ignore-not-found', '-o', 'name']);
  const hook = (name: string, ...flags: readonly string[]): Promise<Ended> =>
    runHook([name, `--kubeconfig=${plane.kubeconfig}`, ...flags]);
  const certificates = (): Promise<Ended> =>
    hook('certificates', ...named, `--service-name=${SERVICE}`, `--configuration-name=${CONFIGURATION}`);
  const cleanup = (): Promise<Ended> => hook('cleanup', ...named, `--configuration-name=${CONFIGURATION}`);
  const named = [`--namespace=${NAMESPACE}`, `--secret-name=${SECRET}`];

  beforeAll(async () => {
    plane = await startControlPlane({ name: 'hooks' });
    folder = await mkdtemp(join(tmpdir(), 'spark-operator-hooks-'));
    crds = join(folder, 'crds');
    await writeCrdFiles(join(root, 'crds'), crds);
    await kubectl(['create', 'namespace', NAMESPACE]);
  }, 120_000);

  afterAll(async () => {
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe('crds', () => {
    const apply = (directory = crds): Promise<Ended> => hook('crds', `--directory=${directory}`);

    afterEach(async () => {
      await kubectl(['delete', 'crd', '--all', '--wait', '--timeout=30s']);
    }, 40_000);

    it('creates the definitions, and changes nothing the second time', async () => {
      const first = await apply();
      expect(first).toMatchObject({ code: 0, line: { hook: 'crds', outcome: 'ok' } });
      expect(first.line['message']).toContain(`${APPLICATIONS} created`);
      await expect(kubectl(['get', 'sparkapplications,scheduledsparkapplications'])).resolves.toBe('');
      const before = await versions();
      await expect(apply()).resolves.toMatchObject({ code: 0 });
      expect((await apply()).line['message']).toContain(`${APPLICATIONS} unchanged`);
      expect(await versions()).toEqual(before);
    }, 60_000);

    const versions = (): Promise<string> =>
      kubectl([
        'get',
        'crd',
        '-o',
        'jsonpath={range .items[*]}{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}',
      ]);

    it('upgrades definitions that Helm, or kubectl, made from an older chart: what is gone from them goes', async () => {
      await kubectl(['create', '-f', '-'], ...(await older()));
      await expect(specKeys()).resolves.toContain('forgotten');
      const upgraded = await apply();
      expect(upgraded.line['message']).toContain(`${APPLICATIONS} updated`);
      const keys = await specKeys();
      expect(keys).toContain('mainApplicationFile');
      expect(keys).not.toContain('forgotten');
    }, 60_000);

    const specKeys = (): Promise<string> =>
      kubectl([
        ...['get', 'crd', APPLICATIONS, '-o'],
        'jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties}',
      ]);

    /** The definition of a release that knew one field only, which is no more. */
    const older = async (): Promise<readonly Manifest[]> => {
      const crd = await definition();
      const properties = { spec: { type: 'object', properties: { forgotten: { type: 'string' } } } };
      const schema = { openAPIV3Schema: { type: 'object', properties } };
      return [{ ...crd, spec: { ...crd.spec, versions: [{ name: 'v1beta2', served: true, storage: true, schema }] } }];
    };

    it('leaves a newer definition in whose new version objects may be stored', async () => {
      const crd = await definition();
      const [now = {}] = crd.spec.versions;
      const newer = [
        { ...now, name: 'v1', storage: true },
        { ...now, storage: false },
      ];
      await kubectl(['create', '-f', '-'], { ...crd, spec: { ...crd.spec, versions: newer } });
      await untilServed(plane.kubeconfig, APPLICATIONS);
      const ended = await apply();
      expect(ended).toMatchObject({ code: 0, line: { outcome: 'ok' } });
      expect(ended.line['message']).toContain('may be stored as v1, which this release does not know');
      await expect(kubectl(['get', 'crd', APPLICATIONS, '-o', 'jsonpath={.spec.versions[*].name}'])).resolves.toBe(
        'v1 v1beta2',
      );
    }, 60_000);

    const definition = async (): Promise<Crd> =>
      // Written by writeCrdFiles from our own definitions.
      JSON.parse(await readFile(join(crds, 'sparkoperator.k8s.io_sparkapplications.json'), 'utf8')) as Crd;

    it('fails with the reason where there are no definitions', async () => {
      const ended = await apply(folder);
      expect(ended).toMatchObject({ code: 1, line: { hook: 'crds', outcome: 'failed' } });
      expect(ended.line['message']).toContain('has no CustomResourceDefinitions');
    });
  });

  describe('certificates', () => {
    afterEach(async () => {
      await cleanup();
    }, 60_000);

    it('makes the Secret once, and keeps it', async () => {
      const first = await certificates();
      expect(first).toMatchObject({ code: 0, line: { hook: 'certificates', outcome: 'ok', action: 'RenewAll' } });
      const made = await secret();
      expect(Object.keys(made).sort()).toEqual(['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);
      const second = await certificates();
      expect(second.line).toMatchObject({ outcome: 'ok', action: 'Keep' });
      expect(await secret()).toEqual(made);
    }, 60_000);

    it('ends with one certificate when several run at once', async () => {
      const ended = await Promise.all([certificates(), certificates(), certificates()]);
      expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
      const made = ended.filter(({ line }) => line['action'] === 'RenewAll');
      expect(made).toHaveLength(1);
      expect((await certificates()).line['action']).toBe('Keep');
    }, 90_000);

    it('replaces what is no certificate, and makes the caBundle of both configurations right', async () => {
      const broken = { apiVersion: 'v1', kind: 'Secret', metadata: { name: SECRET, namespace: NAMESPACE } };
      await kubectl(['apply', '-f', '-'], {
        ...broken,
        data: { 'tls.crt': 'bm9uc2Vuc2U=', 'tls.key': 'bm9uc2Vuc2U=' },
      });
      await kubectl(['create', '-f', '-'], ...configurations());
      const ended = await certificates();
      expect(ended.line).toMatchObject({
        outcome: 'ok',
        configurations: { MutatingWebhookConfiguration: 'patched', ValidatingWebhookConfiguration: 'patched' },
      });
      const { 'ca.crt': authority } = await secret();
      for (const kind of ['mutatingwebhookconfiguration', 'validatingwebhookconfiguration']) {
        const path = 'jsonpath={.webhooks[0].clientConfig.caBundle}';
        await expect(kubectl(['get', kind, CONFIGURATION, '-o', path])).resolves.toBe(authority);
      }
    }, 60_000);

    const secret = async (): Promise<Readonly<Record<string, string>>> =>
      // What kubectl prints of a Secret's data.
      JSON.parse(await kubectl(['-n', NAMESPACE, 'get', 'secret', SECRET, '-o', 'jsonpath={.data}'])) as Readonly<
        Record<string, string>
      >;
  });

  describe('cleanup', () => {
    it('removes configurations and Secret, and is content when they are gone', async () => {
      await kubectl(['create', '-f', '-'], ...configurations());
      await certificates();
      const first = await cleanup();
      expect(first).toMatchObject({ code: 0, line: { outcome: 'ok', message: '3 deleted, 0 absent' } });
      await expect(read('mutatingwebhookconfigurations,validatingwebhookconfigurations')).resolves.toBe('');
      await expect(read('secret', SECRET, '-n', NAMESPACE)).resolves.toBe('');
      const second = await cleanup();
      expect(second).toMatchObject({ code: 0, line: { outcome: 'ok', message: '0 deleted, 3 absent' } });
    }, 60_000);
  });

  describe('preflight', () => {
    const preflight = (...flags: readonly string[]): Promise<Ended> =>
      hook('preflight', `--namespace=${NAMESPACE}`, `--directory=${crds}`, ...flags);

    it('is content with an empty cluster', async () => {
      const ended = await preflight('--namespaces=default', '--needs=certificates,crds,cleanup', ...named);
      expect(ended).toMatchObject({
        code: 0,
        line: { outcome: 'ok', message: 'The cluster has what the operator needs', failures: [], notes: [] },
      });
    }, 60_000);

    it('names what is missing, all at once', async () => {
      const flags = ['--namespaces=default,nowhere', '--required-secrets=default/s3-keys'];
      const ended = await preflight(...flags);
      expect(ended).toMatchObject({ code: 1, line: { outcome: 'failed' } });
      expect(ended.line['failures']).toEqual([
        expect.stringContaining('kubectl create namespace nowhere'),
        expect.stringContaining('Secret default/s3-keys does not exist'),
      ]);
      const lenient = await preflight(...flags, '--strict=false');
      expect(lenient).toMatchObject({ code: 0, line: { outcome: 'ok', failures: ended.line['failures'] } });
    }, 60_000);

    it('warns of another operator for the same namespaces, by its Deployment and its webhook', async () => {
      await kubectl(['create', 'namespace', 'kubeflow']);
      await kubectl(['create', '-f', '-'], kubeflowController('kubeflow', 'default'), ...configurations('kubeflow'));
      const ended = await preflight('--namespaces=default');
      expect(ended.code).toBe(0);
      expect(ended.line['warnings']).toEqual([
        expect.stringContaining('Deployment kubeflow/spark-operator-controller is a Spark operator, too'),
        expect.stringContaining('MutatingWebhookConfiguration spark-operator-webhook acts on kinds'),
        expect.stringContaining('ValidatingWebhookConfiguration spark-operator-webhook acts on kinds'),
      ]);
      // In namespaces of its own it may stay, with its webhook.
      const apart = await preflight('--namespaces=kubeflow');
      expect(apart.line['warnings']).toEqual([]);
      await kubectl(['delete', 'mutatingwebhookconfiguration,validatingwebhookconfiguration', CONFIGURATION]);
    }, 30_000);
  });

  describe('an API server that does not answer', () => {
    let silent: Server;
    let kubeconfig: string;

    beforeAll(async () => {
      // Accepts connections, and never says a word.
      silent = createServer(() => undefined).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      kubeconfig = join(folder, 'silent');
      await cp(plane.kubeconfig, kubeconfig);
      const text = await readFile(kubeconfig, 'utf8');
      await writeFile(kubeconfig, text.replace(plane.server, `https://127.0.0.1:${port}`));
    });

    afterAll(() => {
      silent.close();
    });

    const flags: Record<string, { flags: readonly string[]; code: number }> = {
      preflight: { flags: [`--namespace=${NAMESPACE}`], code: 1 },
      certificates: {
        flags: [...named, `--service-name=${SERVICE}`, `--configuration-name=${CONFIGURATION}`],
        code: 1,
      },
      crds: { flags: [], code: 1 },
      cleanup: { flags: [...named, `--configuration-name=${CONFIGURATION}`], code: 0 },
    };
    it.each(Object.entries(flags))(
      '%s ends within its time, with its line',
      async (name, { flags: own, code }) => {
        const directory = ['preflight', 'crds'].includes(name) ? [`--directory=${crds}`] : [];
        const started = Date.now();
        const ended = await runHook([name, `--kubeconfig=${kubeconfig}`, '--timeout=4s', ...directory, ...own]);
        expect(Date.now() - started).toBeLessThan(8_000);
        expect(ended).toMatchObject({ code, line: { hook: name, outcome: 'failed' } });
      },
      20_000,
    );
  });
});

interface Crd extends Manifest {
  readonly spec: { readonly versions: readonly object[] };
}

/** Both configurations as the chart makes them, cut down to one entry that matches nothing. */
function configurations(namespace = NAMESPACE): readonly Manifest[] {
  const webhook = {
    name: 'sparkapplications.sparkoperator.k8s.io',
    clientConfig: { service: { name: SERVICE, namespace, path: '/' } },
    rules: [
      { apiGroups: ['sparkoperator.k8s.io'], apiVersions: ['v1beta2'], operations: ['CREATE'], resources: ['nothing'] },
    ],
    ...{ sideEffects: 'None', admissionReviewVersions: ['v1'], failurePolicy: 'Ignore' },
  };
  return ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => ({
    ...{ apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: CONFIGURATION } },
    webhooks: [webhook],
  }));
}

/** What kubeflow's chart installs, as far as it tells an operator. */
function kubeflowController(namespace: string, jobNamespaces: string): Manifest {
  const labels = { 'app.kubernetes.io/name': 'spark-operator', 'app.kubernetes.io/instance': 'kubeflow' };
  const args = ['controller', 'start', '--zap-log-level=info', `--namespaces=${jobNamespaces}`];
  const containers = [{ name: 'spark-operator-controller', image: 'kubeflow', args }];
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
    metadata: { name: 'spark-operator-controller', namespace, labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}
