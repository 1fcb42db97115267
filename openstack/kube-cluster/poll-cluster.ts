import { UserError } from '../../terminal/user-error.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';
import type { KubeWorld } from './kube-world.ts';
import { pollIntervalMs } from './poll-interval.ts';

type PollWorld = Pick<KubeWorld, 'magnum'> & { readonly cli: Pick<KubeWorld['cli'], 'now' | 'sleep' | 'interrupted'> };

export interface Poll<T> {
  readonly uuid: string;
  readonly timeoutMs: number;
  /** What the wait ends with; undefined while it goes on. `cluster` is undefined when Magnum has none. */
  readonly settled: (cluster: Cluster | undefined) => T | undefined;
  /** Told after each answer, and when there is none. */
  readonly note: (text: string) => void;
  readonly describe: (cluster: Cluster) => string;
}

/** A wait that ended by itself, or one whose time was up: then with what was seen last. */
export type Polled<T> = { readonly settled: T } | { readonly timedOut: Cluster | undefined };

/** So long Magnum may be away (an update of it, its broker) before the wait is given up. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Asks for a cluster until it has settled or the time is up. An outage of Magnum is waited for.
 * @throws OpenStackError when Magnum refuses, or stays away; UserError (130) after Ctrl-C
 */
export async function pollCluster<T>({ cli, magnum }: PollWorld, poll: Poll<T>): Promise<Polled<T>> {
  const started = cli.now().getTime();
  let answeredAt = started;
  let last: Cluster | undefined;
  for (;;) {
    const answer = await ask(magnum, poll.uuid);
    const now = cli.now().getTime();
    if ('error' in answer) {
      if (now - answeredAt > PATIENCE_MS) throw answer.error;
      poll.note('Magnum does not answer; trying again');
    } else {
      answeredAt = now;
      last = answer.cluster;
      const settled = poll.settled(answer.cluster);
      if (settled !== undefined) return { settled };
      if (answer.cluster !== undefined) poll.note(poll.describe(answer.cluster));
    }
    if (now - started >= poll.timeoutMs) return { timedOut: last };
    await cli.sleep(Math.min(pollIntervalMs(now - started), Math.max(1, poll.timeoutMs - (now - started))));
    if (cli.interrupted.aborted) throw new UserError('interrupted', { exitCode: exitCode.interrupted });
  }
}

type Answer = { readonly cluster: Cluster | undefined } | { readonly error: unknown };

async function ask(magnum: KubeWorld['magnum'], uuid: string): Promise<Answer> {
  try {
    return { cluster: await magnum.cluster(uuid) };
  } catch (error) {
    if (failedWith(error, 'NotFound')) return { cluster: undefined };
    // 400: Magnum 15 cannot tell of a cluster whose node groups it is just deleting ("master_count … '0'").
    if (failedWith(error, 'Unreachable', 'TimedOut', 'ServerError', 'BadRequest')) return { error };
    throw error;
  }
}
