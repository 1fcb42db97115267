import { Command, Option } from 'commander';

import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { isTerminal } from '../../api/states.ts';
import { isUnavailable } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { duration, port } from '../arguments.ts';
import type { Cli, Cluster, Forwarding } from '../cli.ts';
import { applicationName } from '../kinds.ts';
import { driverNameOf, findDriver } from '../pods/find-pod.ts';
import { hasEnded, hasStarted, podSummary } from '../pods/pod-summary.ts';
import { poll, type Look } from '../poll.ts';
import { UserError } from '../../terminal/user-error.ts';
import { stateOf, stateWord } from '../view/state.ts';
import { withCluster } from '../with-cluster.ts';

interface ForwardFlags {
  readonly localPort: number;
  readonly remotePort?: number;
  /** Milliseconds. */
  readonly timeout: number;
}

const SPARK_UI_PORT = 4040;
const LOOK_MS = 2000;
/** A driver on a busy node may take minutes from its start to its UI; what is waited for is told. */
const PATIENCE_MS = 300_000;

/** `sparkctl forward NAME` */
export const forwardCommand = (cli: Cli): Command =>
  new Command('forward')
    .description('Make the Spark UI of a running driver reachable on this machine, until the driver ends or Ctrl-C')
    .argument('<name>', 'name of the SparkApplication')
    .option('-l, --local-port <port>', 'port on this machine; 0 takes any free one', port, SPARK_UI_PORT)
    .option('-r, --remote-port <port>', 'port of the driver (default: spark.ui.port, else 4040)', port)
    .addOption(
      new Option('--timeout <duration>', 'how long to wait for the driver to start, and then for its UI')
        .argParser(duration)
        .default(PATIENCE_MS, '5m'),
    )
    .action((text: string, flags: ForwardFlags, command: Command) =>
      withCluster(cli, command, (cluster) => forward(cli, cluster, applicationName(text), flags)),
    );

interface Running {
  readonly app: SparkApplication;
  readonly pod: Pod;
}

async function forward(cli: Cli, cluster: Cluster, name: string, flags: ForwardFlags): Promise<void> {
  const patience = { what: `the driver of "${name}"`, timeoutMs: flags.timeout };
  const { app } = await poll(cli, patience, () => lookForDriver(cluster, name));
  const remote = flags.remotePort ?? uiPort(app);
  const ref = { namespace: cluster.namespace, name: driverNameOf(app) };
  const forwarding = await open(cluster, ref, { local: flags.localPort, remote });
  try {
    if (flags.remotePort === undefined)
      await untilUiAnswers(cli, cluster, forwarding, { app, timeoutMs: flags.timeout });
    const what = flags.remotePort === undefined ? 'Spark UI' : `Port ${remote}`;
    cli.terminal.print(`${what} of "${name}": http://localhost:${forwarding.localPort} (Ctrl-C to stop)`);
    await untilDriverEnds(cli, cluster, app);
  } finally {
    await forwarding.close();
  }
}

/** The driver opens its UI some seconds after it started: an address that is printed can be opened. */
async function untilUiAnswers(
  cli: Cli,
  cluster: Cluster,
  forwarding: Forwarding,
  { app, timeoutMs }: { readonly app: SparkApplication; readonly timeoutMs: number },
): Promise<void> {
  await poll(cli, { what: `the Spark UI of "${app.metadata.name}"`, timeoutMs }, async () => {
    if (await forwarding.answers()) return { found: true };
    if (await hasDriverEnded(cluster, app)) {
      throw new UserError(`the driver of "${app.metadata.name}" ended before its Spark UI answered`);
    }
    return { pending: 'it does not answer yet' };
  });
}

async function lookForDriver(cluster: Cluster, name: string): Promise<Look<Running>> {
  const app = await cluster.get(resources.sparkApplications, { namespace: cluster.namespace, name });
  const state = stateOf(app);
  if (isTerminal(state))
    throw new UserError(`SparkApplication "${name}" is ${state}: its driver, and the Spark UI with it, has ended`);
  const pod = await findDriver(cluster, app);
  if (pod === undefined)
    return { pending: `the application is ${stateWord(state)} and its driver pod does not exist yet` };
  if (hasEnded(pod))
    throw new UserError(`the driver of "${name}" has ended, and the Spark UI with it: ${podSummary(pod)}`);
  return hasStarted(pod) ? { found: { app, pod } } : { pending: `its pod is ${podSummary(pod)}` };
}

/** Where the driver's UI listens. */
function uiPort({ spec, metadata }: SparkApplication): number {
  if (spec.sparkConf?.['spark.ui.enabled'] === 'false') {
    throw new UserError(`the Spark UI of "${metadata.name}" is off: spec.sparkConf[spark.ui.enabled] is "false"`);
  }
  return Number(spec.sparkConf?.['spark.ui.port'] ?? SPARK_UI_PORT);
}

async function open(
  cluster: Cluster,
  pod: { readonly namespace: string; readonly name: string },
  ports: { readonly local: number; readonly remote: number },
): Promise<Forwarding> {
  try {
    return await cluster.forward(pod, ports);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    throw new UserError(
      `port ${ports.local} of this machine is taken: choose another with --local-port, or 0 for any free one`,
      { cause: error },
    );
  }
}

/** A short outage of the API server does not end the forwarding: nothing is known about the driver then. */
async function untilDriverEnds(cli: Cli, cluster: Cluster, app: SparkApplication): Promise<void> {
  while (!cli.interrupted.aborted) {
    const over = await hasDriverEnded(cluster, app);
    if (over) {
      cli.terminal.printError('The driver has ended');
      return;
    }
    await cli.sleep(LOOK_MS);
  }
}

async function hasDriverEnded(cluster: Cluster, app: SparkApplication): Promise<boolean> {
  try {
    const pod = await findDriver(cluster, app);
    return pod === undefined || hasEnded(pod);
  } catch (error) {
    if (error instanceof Error && isUnavailable(error.cause)) return false;
    throw error;
  }
}
