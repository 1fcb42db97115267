import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { type ControlPlane, startControlPlane } from '../../hack/cluster/control-plane.ts';
import { freePorts } from '../../hack/cluster/free-ports.ts';
import { CommandError, run } from '../../hack/run.ts';
import { type KubeClient, kubeClient } from '../../kube/client.ts';
import { loadKubeconfig } from '../../kube/kubeconfig.ts';
import { resources } from '../../kube/resources.ts';
import { createTransport } from '../../kube/transport.ts';
import { applyCrds, untilServed } from '../operator/apply-crds.ts';
import { objectsOf, render, type Rendered } from './chart.ts';

const OPERATOR_NAMESPACE = 'spark-operator';
const WEBHOOK = 'spark-operator-webhook';
const root = join(import.meta.dirname, '../..');

/** A real API server that calls a webhook of this machine, configured as the chart does. */
export interface WebhookCluster {
  /** With every right. */
  readonly client: KubeClient;
  readonly kubeconfig: string;
  readonly webhook: WebhookProcess;
  /** Runs kubectl; a refusal is an outcome, not an error. */
  kubectl(args: readonly string[], input?: object): Promise<KubectlOutcome>;
  /** A new namespace with the service account `spark`. */
  namespace(labels?: Readonly<Record<string, string>>): Promise<string>;
  /** Ends the webhook and starts it with these flags more. */
  restart(args: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface KubectlOutcome {
  readonly ok: boolean;
  /** What it printed, warnings included. */
  readonly text: string;
}

export interface WebhookProcess {
  readonly pid: number;
  /** Of the admission server. */
  readonly port: number;
  /** The CA that signed its certificate. */
  ca(): Promise<string>;
  /** Status and text of `/readyz`. */
  ready(): Promise<{ readonly status: number; readonly text: string }>;
  /** Sends the signal; resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** The text of `/metrics`. */
  metrics(): Promise<string>;
  /** The last lines it logged. */
  log(): string;
}

interface Running extends WebhookProcess {
  stop(): Promise<void>;
}

export interface WebhookClusterOptions {
  /** Flags after the chart's, so they win. */
  readonly args?: readonly string[];
  /** The sources (default), or what was built of them: `dist/webhook/main.js`. */
  readonly entry?: string;
  /** `NODE_OPTIONS` of the process. */
  readonly nodeOptions?: string;
}

/** Renders the chart for all namespaces, and runs the webhook with the chart's arguments and rights. */
export async function startWebhookCluster(name: string, options: WebhookClusterOptions = {}): Promise<WebhookCluster> {
  const plane = await startControlPlane({ name });
  try {
    return await webhookOn(plane, options);
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

async function webhookOn(
  plane: ControlPlane,
  { args = [], entry = 'webhook/main.ts', nodeOptions = '' }: WebhookClusterOptions,
): Promise<WebhookCluster> {
  await applyCrds(plane.kubeconfig);
  await untilServed(plane.kubeconfig, 'sparkpoddefaults');
  const transport = createTransport(await loadKubeconfig({ path: plane.kubeconfig }));
  const client = kubeClient(transport);
  const kubectl = kubectlOf(plane.kubeconfig);
  const [port = 0, metricsPort = 0, healthPort = 0] = await freePorts(3);
  const chart = objectsOf(await render({ spark: { jobNamespaces: [''] } }));
  const token = await install(kubectl, chart, port);
  const ports = { port, metricsPort, healthPort };
  const start = (more: readonly string[]): Promise<Running> =>
    startProcess({
      plane,
      client,
      token,
      ports,
      entry,
      nodeOptions,
      args: [...chartArgs(chart), '--shutdown-delay=0s', ...args, ...more],
    });
  let webhook = await start([]);
  let namespaces = 0;
  return {
    client,
    kubeconfig: plane.kubeconfig,
    get webhook() {
      return webhook;
    },
    kubectl,
    namespace: async (labels = {}) => {
      const namespace = `team-${(namespaces += 1)}`;
      await client.create(resources.namespaces, { metadata: { name: namespace, labels } });
      await client.create(resources.serviceaccounts, { metadata: { name: 'spark', namespace } });
      return namespace;
    },
    restart: async (more) => {
      await webhook.stop();
      webhook = await start(more);
    },
    stop: async () => {
      await webhook.stop();
      await transport.close();
      await plane.stop();
    },
  };
}

const kubectlOf =
  (kubeconfig: string): WebhookCluster['kubectl'] =>
  async (args, input) => {
    const options = input === undefined ? {} : { input: JSON.stringify(input) };
    try {
      const { stdout, stderr } = await run(kubectlPath(), ['--kubeconfig', kubeconfig, ...args], options);
      return { ok: true, text: `${stdout}${stderr}` };
    } catch (error) {
      if (error instanceof CommandError) return { ok: false, text: `${error.stdout}${error.stderr}` };
      throw error;
    }
  };

const isRbac = ({ kind, metadata }: Rendered): boolean =>
  /^(ServiceAccount|(Cluster)?Role(Binding)?)$/.test(kind) && metadata.annotations?.['helm.sh/hook'] === undefined;

const isConfiguration = ({ kind }: Rendered): boolean => kind.endsWith('WebhookConfiguration');

/** Namespace, RBAC, configurations, and a Service that leads to this machine. Returns a token of the webhook. */
async function install(
  kubectl: WebhookCluster['kubectl'],
  chart: ReadonlyMap<string, Rendered>,
  port: number,
): Promise<string> {
  const objects = [...chart.values()];
  const service = chart.get(`Service ${OPERATOR_NAMESPACE}/${WEBHOOK}-svc`);
  // The API server resolves the name of the Service itself: to the machine's own name, at the port that is asked for.
  const local = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service?.metadata.name, namespace: OPERATOR_NAMESPACE },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  };
  const configurations = objects
    .filter(isConfiguration)
    .map((object) => JSON.parse(JSON.stringify(object).replaceAll('"port":443', `"port":${port}`)) as object);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OPERATOR_NAMESPACE } };
  await mustApply(kubectl, [namespace]);
  await mustApply(kubectl, [...objects.filter(isRbac), local, ...configurations]);
  const token = await kubectl(['create', 'token', WEBHOOK, '-n', OPERATOR_NAMESPACE, '--duration', '4h']);
  if (!token.ok) throw new Error(token.text);
  return token.text.trim();
}

async function mustApply(kubectl: WebhookCluster['kubectl'], items: readonly object[]): Promise<void> {
  const applied = await kubectl(['apply', '-f', '-'], { apiVersion: 'v1', kind: 'List', items });
  if (!applied.ok) throw new Error(applied.text);
}

function chartArgs(chart: ReadonlyMap<string, Rendered>): readonly string[] {
  const deployment = chart.get(`Deployment ${OPERATOR_NAMESPACE}/${WEBHOOK}`);
  const args = deployment?.spec?.template?.spec.containers?.[0]?.args;
  if (args === undefined) throw new Error('The chart renders no webhook Deployment with arguments');
  return args;
}

interface ProcessOptions {
  readonly plane: ControlPlane;
  readonly client: KubeClient;
  readonly token: string;
  readonly ports: { readonly port: number; readonly metricsPort: number; readonly healthPort: number };
  readonly args: readonly string[];
  readonly entry: string;
  readonly nodeOptions: string;
}

async function startProcess({
  plane,
  client,
  token,
  ports,
  args,
  entry,
  nodeOptions,
}: ProcessOptions): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'spark-operator-webhook-'));
  await writeFile(join(folder, 'token'), token);
  await writeFile(join(folder, 'ca.crt'), await caOf(plane.kubeconfig));
  const { port, metricsPort, healthPort } = ports;
  const own = [
    `--service-account-dir=${folder}`,
    `--webhook-port=${port}`,
    `--metrics-bind-address=127.0.0.1:${metricsPort}`,
    `--health-probe-bind-address=127.0.0.1:${healthPort}`,
  ];
  const { hostname, port: apiPort } = new URL(plane.server);
  const child = spawn(process.execPath, [join(root, entry), ...args, ...own], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_OPTIONS: nodeOptions,
      KUBERNETES_SERVICE_HOST: hostname,
      KUBERNETES_SERVICE_PORT: apiPort,
      POD_NAME: `${WEBHOOK}-0`,
      POD_NAMESPACE: OPERATOR_NAMESPACE,
    },
  });
  const lines: string[] = [];
  const keep = (chunk: Buffer): void => void lines.splice(0, Math.max(0, lines.push(chunk.toString()) - 500));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const readyUrl = `http://127.0.0.1:${healthPort}/readyz`;
  const running: Running = {
    pid: child.pid ?? 0,
    port,
    ca: () => servedCa(client),
    metrics: async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    ready: async () => {
      const answer = await fetch(readyUrl);
      return { status: answer.status, text: await answer.text() };
    },
    end: async (signal) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
    log: () => lines.join(''),
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await untilReady(child, readyUrl, running);
  return running;
}

async function caOf(kubeconfig: string): Promise<string> {
  const text = await readFile(kubeconfig, 'utf8');
  const data = /certificate-authority-data: (\S+)/.exec(text)?.[1];
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const path = /certificate-authority: (\S+)/.exec(text)?.[1];
  if (path === undefined) throw new Error(`${kubeconfig} names no certificate authority`);
  return readFile(path, 'utf8');
}

async function servedCa(client: KubeClient): Promise<string> {
  const ref = { namespace: OPERATOR_NAMESPACE, name: `${WEBHOOK}-certs` };
  const { data = {} } = await client.get(resources.secrets, ref);
  return Buffer.from(data['ca.crt'] ?? '', 'base64').toString('utf8');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = new AbortController();
  void setTimeout(20_000, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  await ended;
  late.abort();
}

async function untilReady(child: ChildProcess, url: string, running: Running): Promise<void> {
  const deadline = Date.now() + 90_000;
  let last = '';
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The webhook ended at its start:\n${running.log()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    last = (await answer?.text()) ?? '';
    await setTimeout(50);
  }
  await running.stop();
  throw new Error(`The webhook was not ready after 90 s: ${last}\n${running.log()}`);
}
