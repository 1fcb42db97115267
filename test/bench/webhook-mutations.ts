import { setTimeout } from 'node:timers/promises';
import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_APP_NAME, LABEL_LAUNCHED_BY, LABEL_SPARK_ROLE } from '../../api/labels.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { type Histogram, mean, parseHistogram, quantile, since } from './histogram.ts';
import { benchApplication } from './load.ts';
import { type Percentiles, percentiles } from './percentile.ts';
import { usageOf } from './process-usage.ts';

export interface MutationOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  /** Pod creates a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Applications that the webhook knows. */
  readonly apps: number;
  /** The webhook's process. */
  readonly pid: number;
  readonly webhookMetrics: () => Promise<string>;
  readonly apiServerMetrics: () => Promise<string>;
  readonly say: (line: string) => void;
}

/** What a webhook did under load. Times in milliseconds. */
export interface MutationResult {
  readonly rate: number;
  /** Creates that were answered, and how many of them came back without the application's fields. */
  readonly pods: number;
  readonly unpatched: number;
  readonly failed: number;
  /** From the webhook's own histogram. */
  readonly webhookMs: { readonly p50: number; readonly p99: number; readonly mean: number };
  /** From the API server's histogram of the same calls: with the network and TLS between the two. */
  readonly apiServerMs: { readonly mean: number; readonly p99: number };
  /** The whole create, as the client saw it. */
  readonly createMs: Percentiles;
  readonly cpuMsPerReview: number;
  readonly rssMiB: { readonly idle: number; readonly highest: number };
}

/** Creates pods of an application without its fields, in dry-run, at a fixed rate however long an answer takes. */
export async function measureMutations(options: MutationOptions): Promise<MutationResult> {
  const { client, namespace, rate, seconds, apps, pid, say } = options;
  say(`${apps} applications`);
  await createApps(client, namespace, apps);
  await untilKnown(client, namespace, apps);
  const read = async (): Promise<readonly [Histogram, Histogram]> => [
    parseHistogram(await options.webhookMetrics(), 'spark_operator_webhook_request_duration_seconds', { kind: 'Pod' }),
    parseHistogram(await options.apiServerMetrics(), 'apiserver_admission_webhook_admission_duration_seconds', {
      name: 'pods.sparkoperator.k8s.io',
    }),
  ];
  const before = await read();
  const [idle, peak] = [usageOf([pid]), samplePeak(pid)];
  say(`${rate} pods a second for ${seconds} s`);
  const outcomes = await Promise.all(
    Array.from({ length: rate * seconds }, async (_, i) => {
      await setTimeout((i * 1000) / rate);
      return timed(client, benchPod(namespace, i, i % apps));
    }),
  );
  const used = usageOf([pid]);
  const after = await read();
  const [own, seen] = [since(before[0], after[0]), since(before[1], after[1])];
  const answered = outcomes.filter(({ kind }) => kind !== 'failed');
  return {
    rate,
    pods: answered.length,
    unpatched: outcomes.filter(({ kind }) => kind === 'unpatched').length,
    failed: outcomes.length - answered.length,
    webhookMs: { p50: ms(quantile(own, 0.5)), p99: ms(quantile(own, 0.99)), mean: ms(mean(own)) },
    apiServerMs: { mean: ms(mean(seen)), p99: ms(quantile(seen, 0.99)) },
    createMs: percentiles(answered.map(({ tookMs }) => tookMs)),
    cpuMsPerReview: ms((used.cpuSeconds - idle.cpuSeconds) / own.count),
    rssMiB: { idle: Math.round(idle.rssMiB), highest: peak.stop() },
  };
}

const ms = (seconds: number): number => Math.round(seconds * 100_000) / 100;

const nameOf = (i: number): string => `bench-${i}`;

async function createApps(client: KubeClient, namespace: string, count: number): Promise<void> {
  const left = Array.from({ length: count }, (_, i) => i).values();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const i of left) await client.create(resources.sparkApplications, withFields(namespace, nameOf(i)));
    }),
  );
}

function withFields(namespace: string, name: string): ReturnType<typeof benchApplication> {
  const app = benchApplication(namespace, name);
  const fields = {
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
    env: [{ name: 'SITE', value: 'a' }],
    tolerations: [{ key: 'spot', operator: 'Exists', effect: 'NoSchedule' }],
    sidecars: [{ name: 'shipper', image: 'shipper:1' }],
    nodeSelector: { pool: 'spark' },
  };
  return {
    ...app,
    spec: {
      ...app.spec,
      volumes: [{ name: 'data', emptyDir: {} }],
      driver: { ...app.spec.driver, ...fields },
      executor: { ...app.spec.executor, ...fields },
    },
  };
}

/** A pod of about 4 KB as Spark makes one, without the fields above. Every fifth is a driver. */
function benchPod(namespace: string, i: number, app: number): Pod {
  const role = i % 5 === 0 ? 'driver' : 'executor';
  const env = Array.from({ length: 30 }, (_, n) => ({ name: `SPARK_SETTING_${n}`, value: `value-${n}-`.repeat(8) }));
  return {
    metadata: {
      name: `${nameOf(app)}-${role}-${i}`,
      namespace,
      labels: {
        [LABEL_LAUNCHED_BY]: 'true',
        [LABEL_APP_NAME]: nameOf(app),
        [LABEL_SPARK_ROLE]: role,
        'spark-app-selector': 'spark-00000000000000000000000000000000',
      },
    },
    spec: {
      restartPolicy: 'Never',
      volumes: [{ name: 'spark-local-dir-1', emptyDir: {} }],
      containers: [
        {
          name: `spark-kubernetes-${role}`,
          image: 'spark:4.0.1',
          args: [role],
          env,
          ports: [{ name: 'blockmanager', containerPort: 7079, protocol: 'TCP' }],
          resources: { requests: { cpu: '1', memory: '1408Mi' }, limits: { memory: '1408Mi' } },
          volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/var/data/spark' }],
        },
      ],
    },
  };
}

interface Timed {
  readonly kind: 'patched' | 'unpatched' | 'failed';
  readonly tookMs: number;
}

async function timed(client: KubeClient, pod: Pod): Promise<Timed> {
  const start = performance.now();
  const kind = await client.create(resources.pods, pod, { dryRun: true }).then(
    ({ spec }) => (spec?.containers.some(({ name }) => name === 'shipper') === true ? 'patched' : 'unpatched'),
    () => 'failed' as const,
  );
  return { kind, tookMs: performance.now() - start };
}

/** The webhook reads applications from its own watch, so the last one comes a moment after it is created. */
async function untilKnown(client: KubeClient, namespace: string, apps: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  while ((await timed(client, benchPod(namespace, 1, apps - 1))).kind !== 'patched') {
    if (Date.now() > deadline) throw new Error('The webhook does not patch pods of the last application after 30 s');
    await setTimeout(50);
  }
}

function samplePeak(pid: number): { stop: () => number } {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, usageOf([pid]).rssMiB)), 200);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.round(peak);
    },
  };
}
