import type { KubeClient } from '../../kube/client.ts';
import { startFakeKubelet, type FakeKubelet } from '../fake-kubelet/fake-kubelet.ts';
import { parseApiCalls, subtract, type ApiCalls } from './api-calls.ts';
import { createApplications } from './load.ts';
import type { Percentiles } from './percentile.ts';
import { usageOf, type ProcessUsage } from './process-usage.ts';
import { startRecorder, type Recorder } from './recorder.ts';
import { tally } from './tally.ts';

/** What is measured, and against which operator. */
export interface LatencyOptions {
  /** client of the load, the recorder and the fake kubelet: not the operator's */
  readonly client: KubeClient;
  readonly namespace: string;
  readonly apps: number;
  /** applications per second of the first phase */
  readonly rate: number;
  /** applications of the second phase, created as fast as they go */
  readonly burst: number;
  /** the operator's processes; none = no figures for CPU and memory */
  readonly pids: readonly number[];
  readonly say: (line: string) => void;
  /** text of the API server's /metrics */
  readonly apiServerMetrics: () => Promise<string>;
}

/** One row of the comparison. Times in milliseconds, memory in MiB. */
export interface LatencyResult {
  readonly apps: number;
  readonly rate: number;
  readonly createToDriverPodMs: Percentiles;
  readonly appsPerSecond: number;
  readonly burstCreateToDriverPodMs: Percentiles;
  readonly cpuSecondsPerApp: number | undefined;
  /** highest during the first phase */
  readonly rssMiB: number | undefined;
  /** highest during the second phase */
  readonly burstRssMiB: number | undefined;
  readonly idleRssMiB: number | undefined;
  readonly apiCallsPerApp: ApiCalls;
  readonly apiWritesPerApp: number;
  readonly lost: number;
  readonly doubled: number;
}

/** Runs of the first phase end at once, so that submissions and completions mix at the given rate, ms. */
const BRIEF_RUN_MS = 500;

/** Runs of the burst last as a short Spark job does, so that its rate is that of submissions, ms. */
const LASTING_RUN_MS = 20_000;

/** Between two looks at the memory of the operator. */
const SAMPLE_MS = 200;

/** An application may take this long from its creation to COMPLETED before the run gives up, ms. */
const PATIENCE_MS = 300_000;

/** Keeps the highest memory seen. */
function samplePeak(pids: readonly number[]): { stop: () => number | undefined } {
  if (pids.length === 0) return { stop: () => undefined };
  let peak = 0;
  const look = (): void => void (peak = Math.max(peak, usageOf(pids).rssMiB));
  look();
  const timer = setInterval(() => {
    try {
      look();
    } catch {
      // The operator ended: the run fails on its own account, with a better message than a missing /proc file.
      clearInterval(timer);
    }
  }, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.round(peak);
    },
  };
}

/** Calls that the load, the recorder and the fake kubelet make for one application; taken off the API server's count. */
const ownCallsPerApp: ApiCalls = {
  'POST sparkapplications': 1,
  // driver Running and ended, two executors Running
  'PATCH pods/status': 4,
};

async function phase(
  options: LatencyOptions,
  recorder: Recorder,
  { prefix, count, perSecond }: { prefix: string; count: number; perSecond: number },
): Promise<void> {
  const { client, namespace } = options;
  const names = await createApplications(client, { namespace, prefix, count, perSecond });
  await recorder.until(
    `${count} applications to be COMPLETED`,
    ({ completed }) => names.every((name) => completed.has(name)),
    PATIENCE_MS,
  );
}

const perApp = (calls: ApiCalls, apps: number): ApiCalls =>
  Object.fromEntries(
    Object.entries(calls)
      .map(([key, count]): [string, number] => [key, Math.round((count / apps) * 100) / 100])
      .filter(([, count]) => count > 0)
      .toSorted(([, a], [, b]) => b - a),
  );

/** Calls per application that the bench's own parts did not make. Executor pods are the fake driver's. */
function operatorCalls(before: ApiCalls, after: ApiCalls, apps: number): ApiCalls {
  const own = Object.fromEntries(Object.entries(ownCallsPerApp).map(([key, count]) => [key, count * apps]));
  const executors = { 'POST pods': 2 * apps, 'DELETE pods': 2 * apps };
  return perApp(subtract(after, before, own, executors), apps);
}

const writes = (calls: ApiCalls): number =>
  Math.round(
    Object.entries(calls)
      .filter(([key]) => !/^(GET|LIST|WATCH) /.test(key) && !key.endsWith(' leases'))
      .reduce((sum, [, count]) => sum + count, 0) * 10,
  ) / 10;

const cpuPerApp = (before: ProcessUsage, after: ProcessUsage, apps: number): number =>
  Math.round(((after.cpuSeconds - before.cpuSeconds) / apps) * 10_000) / 10_000;

/** Runs both phases and returns the row. Throws when an application does not end in time. */
export async function measureLatency(options: LatencyOptions): Promise<LatencyResult> {
  const { client, namespace, apps, rate, burst, pids, say } = options;
  const measured = pids.length > 0;
  const idle = usageOf(pids);
  const onError = (error: unknown): void => say(`The fake kubelet gave up on a pod: ${String(error)}`);
  const kubeletFor = (runMs: number): Promise<FakeKubelet> =>
    startFakeKubelet({ client, namespace, behaviour: { runMs, executors: 2 }, onError });
  const brief = await kubeletFor(BRIEF_RUN_MS);
  const steady = await startRecorder(client, namespace);
  const callsBefore = parseApiCalls(await options.apiServerMetrics());
  const steadyPeak = samplePeak(pids);
  say(`${apps} applications at ${rate} a second`);
  await phase(options, steady, { prefix: 'steady', count: apps, perSecond: rate });
  const used = usageOf(pids);
  const callsAfter = parseApiCalls(await options.apiServerMetrics());
  const rssMiB = steadyPeak.stop();
  await steady.stop();
  await brief.stop();

  const lasting = await kubeletFor(LASTING_RUN_MS);
  const flood = await startRecorder(client, namespace);
  const burstPeak = samplePeak(pids);
  say(`${burst} applications at once`);
  await phase(options, flood, { prefix: 'burst', count: burst, perSecond: 0 });
  await flood.stop();
  const burstRssMiB = burstPeak.stop();
  await lasting.stop();

  const [first, second] = [tally(steady.sightings), tally(flood.sightings)];
  const apiCallsPerApp = operatorCalls(callsBefore, callsAfter, apps);
  return {
    apps,
    rate,
    createToDriverPodMs: first.createToDriverPodMs,
    appsPerSecond: second.appsPerSecond,
    burstCreateToDriverPodMs: second.createToDriverPodMs,
    cpuSecondsPerApp: measured ? cpuPerApp(idle, used, apps) : undefined,
    rssMiB,
    burstRssMiB,
    idleRssMiB: measured ? Math.round(idle.rssMiB) : undefined,
    apiCallsPerApp,
    apiWritesPerApp: writes(apiCallsPerApp),
    lost: first.lost + second.lost,
    doubled: first.doubled + second.doubled,
  };
}
