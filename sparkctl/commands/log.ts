import { Command } from 'commander';

import type { Pod } from '../../api/kubernetes.ts';
import { isTerminal } from '../../api/states.ts';
import { resources } from '../../kube/resources.ts';
import { duration, nonNegativeInteger } from '../arguments.ts';
import type { Cli, Cluster } from '../cli.ts';
import { applicationName } from '../kinds.ts';
import { driverNameOf, findDriver, findExecutors } from '../pods/find-pod.ts';
import { hasStarted, podSummary } from '../pods/pod-summary.ts';
import { followLog } from '../pods/follow-log.ts';
import { poll, type Look } from '../poll.ts';
import { UserError } from '../../terminal/user-error.ts';
import { stateOf, stateWord } from '../view/state.ts';
import { withCluster } from '../with-cluster.ts';

export interface LogFlags {
  readonly follow?: boolean;
  /** Number of the executor; undefined is the driver. */
  readonly executor?: string;
  readonly tail?: number;
  /** Milliseconds. */
  readonly since?: number;
  readonly timestamps?: boolean;
  /** Milliseconds to wait for the pod. Undefined: 30 seconds; without end when following. */
  readonly timeout?: number;
}

const PATIENCE_MS = 30_000;

/** `sparkctl log NAME` */
export const logCommand = (cli: Cli): Command =>
  new Command('log')
    .alias('logs')
    .description('Print the log of the driver, or of an executor; waits for the pod to start')
    .argument('<name>', 'name of the SparkApplication')
    .option('-f, --follow', 'go on printing until the container ends')
    .option('-e, --executor <id>', 'the log of this executor (1, 2, …) instead of the driver', executorNumber)
    .option('--tail <lines>', 'only the last lines', nonNegativeInteger)
    .option('--since <duration>', 'only what was written in the last, for example, 30s, 5m or 2h', duration)
    .option('--timestamps', 'with the time in front of each line')
    .option(
      '--timeout <duration>',
      'how long to wait for the pod (default: 30s; without limit with --follow)',
      duration,
    )
    .action((name: string, flags: LogFlags, command: Command) =>
      withCluster(cli, command, (cluster) => printLog(cli, cluster, applicationName(name), flags)),
    );

/** Waits for the pod of the driver or executor, then prints its log. @throws UserError when it can no longer appear, or time is up */
export async function printLog(cli: Cli, cluster: Cluster, name: string, flags: LogFlags): Promise<void> {
  const timeoutMs = flags.timeout ?? (flags.follow === true ? undefined : PATIENCE_MS);
  const who = flags.executor === undefined ? 'the driver' : `executor ${flags.executor}`;
  const patience = { what: `${who} of "${name}"`, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const pod = await poll(cli, patience, () => lookForPod(cluster, name, flags.executor));
  await followLog(cli, cluster, pod, flags);
}

async function lookForPod(cluster: Cluster, name: string, executor: string | undefined): Promise<Look<Pod>> {
  const app = await cluster.get(resources.sparkApplications, { namespace: cluster.namespace, name });
  const pod =
    executor === undefined ? await findDriver(cluster, app) : (await findExecutors(cluster, app, executor)).at(-1);
  if (pod !== undefined)
    return hasStarted(pod) ? { found: pod } : { pending: `pod ${podName(pod)} is ${podSummary(pod)}` };

  const state = stateOf(app);
  const what = executor === undefined ? `its driver pod ${driverNameOf(app)}` : `a pod of executor ${executor}`;
  if (isTerminal(state)) {
    const { errorMessage = '' } = app.status?.applicationState ?? {};
    throw new UserError(
      `no log: SparkApplication "${name}" is ${state} and ${what} is gone${errorMessage === '' ? '' : ` (${errorMessage})`}`,
    );
  }
  return { pending: `the application is ${stateWord(state)} and ${what} does not exist yet` };
}

const podName = ({ metadata }: Pod): string => metadata?.name ?? '';

/** Spark numbers executors from 1. */
function executorNumber(text: string): string {
  return String(nonNegativeInteger(text));
}
