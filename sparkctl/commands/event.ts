import { Command } from 'commander';

import type { SparkApplication } from '../../api/sparkapplication.ts';
import { isTerminal } from '../../api/states.ts';
import type { KubernetesEvent } from '../../api/kubernetes.ts';
import { ApiError, isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import type { Cli, Cluster } from '../cli.ts';
import { eventSources } from '../events/event-sources.ts';
import { eventLine, eventTable, objectText } from '../events/event-table.ts';
import { inOrder } from '../events/event-time.ts';
import { applicationName } from '../kinds.ts';
import { driverNameOf } from '../pods/find-pod.ts';
import { failWhenInterrupted } from '../poll.ts';
import { palette } from '../../terminal/palette.ts';
import { stateOf } from '../view/state.ts';
import { withCluster } from '../with-cluster.ts';

interface EventFlags {
  readonly follow?: boolean;
}

/** How often a followed application is looked at, and how long after its end the last events may come. */
const LOOK_MS = 2000;

/** `sparkctl event NAME` */
export const eventCommand = (cli: Cli): Command =>
  new Command('event')
    .alias('events')
    .description('Print the events of an application and of its driver pod, oldest first')
    .argument('<name>', 'name of the SparkApplication')
    .option('-f, --follow', 'go on printing events until the application has ended or is deleted')
    .action((text: string, flags: EventFlags, command: Command) =>
      withCluster(cli, command, async (cluster) => {
        const ref = { namespace: cluster.namespace, name: applicationName(text) };
        const app = await cluster.get(resources.sparkApplications, ref);
        await (flags.follow === true ? followEvents(cli, cluster, app) : printEvents(cli, cluster, app));
      }),
    );

/** The events of all sources, in no order. */
export async function eventsOf(cluster: Cluster, app: SparkApplication): Promise<readonly KubernetesEvent[]> {
  const lists = await Promise.all(eventSources(app).map((source) => cluster.list(resources.events, source)));
  return lists.flat();
}

async function printEvents(cli: Cli, cluster: Cluster, app: SparkApplication): Promise<void> {
  const events = await eventsOf(cluster, app);
  if (events.length === 0) {
    cli.terminal.printError(`No events of "${app.metadata.name}": the API server keeps them for an hour by default`);
    return;
  }
  const options = { now: cli.now(), colours: palette(cli.terminal.colour) };
  eventTable(events, options).forEach(cli.terminal.print);
}

async function followEvents(cli: Cli, cluster: Cluster, app: SparkApplication): Promise<void> {
  const deliver = printerOf(cli, app);
  // Those of all sources in one order first; the followers tell them again, and the printer knows them.
  deliver(await eventsOf(cluster, app));
  const ended = new AbortController();
  const stop = AbortSignal.any([cli.interrupted, ended.signal]);
  try {
    await Promise.all([
      ...eventSources(app).map((source) => cluster.follow(resources.events, source, deliver, stop)),
      untilEnded(cli, cluster, app).then(() => ended.abort()),
    ]);
  } finally {
    ended.abort();
  }
  failWhenInterrupted(cli);
}

/** Prints each state of an event once. */
function printerOf({ terminal }: Cli, app: SparkApplication): (events: readonly KubernetesEvent[]) => void {
  const colours = palette(terminal.colour);
  const { kind } = resources.sparkApplications;
  const objects = [objectText({ kind, name: app.metadata.name }), objectText({ kind: 'Pod', name: driverNameOf(app) })];
  const width = Math.max(...objects.map(({ length }) => length));
  const printed = new Set<string>();
  return (events) => {
    for (const event of inOrder(events)) {
      const identity = `${event.metadata.uid ?? event.metadata.name ?? ''}@${event.metadata.resourceVersion ?? ''}`;
      if (!printed.has(identity)) terminal.print(eventLine(event, width, colours));
      printed.add(identity);
    }
  };
}

/** Resolves a moment after the application has ended or is gone, so that its last events arrive; at once when interrupted. */
async function untilEnded(cli: Cli, cluster: Cluster, app: SparkApplication): Promise<void> {
  const { namespace, name, uid } = app.metadata;
  for (let current: SparkApplication | undefined = app; !cli.interrupted.aborted;) {
    const over = current?.metadata.uid !== uid || isTerminal(stateOf(current));
    await cli.sleep(LOOK_MS);
    if (over) return;
    current = await lookAt(cluster, { namespace, name });
  }
}

async function lookAt(
  cluster: Cluster,
  ref: { readonly namespace: string; readonly name: string },
): Promise<SparkApplication | undefined> {
  try {
    return await cluster.get(resources.sparkApplications, ref);
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    if (cause instanceof ApiError && isNotFound(cause)) return undefined;
    throw error;
  }
}
