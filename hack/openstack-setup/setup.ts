import type { Progress } from '../../terminal/progress.ts';
import { CommandError } from '../run.ts';
import type { SetupRequest } from './arguments.ts';

/** What the set-up does its work with. */
export interface SetupWorld {
  readonly progress: Progress;
  /** Runs opsparkctl with these arguments, which name cluster, cloud and kubeconfig as well. Rejects with its message. */
  readonly opsparkctl: (args: readonly string[]) => Promise<string>;
  /** Runs one application to its end on the cluster of the kubeconfig. Rejects when it does not complete. */
  readonly smokeTest: () => Promise<void>;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly interrupted: AbortSignal;
}

/** A step: its line for people, and its work. */
type Step = readonly [title: string, work: () => Promise<unknown>, usually: string];

/**
 * A cluster from nothing, the operator on it, one application, and away with all of it. What was made goes also when a step fails or
 * the run is interrupted, unless it shall stay; then the first error is thrown on.
 */
export async function setup(world: SetupWorld, request: SetupRequest): Promise<void> {
  const { progress, interrupted } = world;
  const steps = stepsOf(world, request);
  try {
    for (const [title, work, usually] of steps) {
      if (interrupted.aborted) throw new Error('Interrupted');
      await progress.step(title, work, usually);
    }
  } catch (error) {
    if (wasRefused(error)) throw error;
    await cleanUp(world, request).catch((reason: unknown) => progress.say(leftOver(request, reason)));
    throw error;
  }
  await cleanUp(world, request);
}

/** opsparkctl's exit codes for what it did not even begin: a name that is taken names somebody's cluster. */
const REFUSED: ReadonlySet<number | undefined> = new Set([2, 3, 4, 5, 6]);

/** Only an order that was refused leaves nothing behind: after it there is a cluster to remove. */
const wasRefused = (error: unknown): boolean => error instanceof OrderError && REFUSED.has(error.exitCode);

/** `create kube` has failed. */
class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly code = 'ORDER';
  readonly exitCode: number | undefined;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.exitCode = cause instanceof CommandError ? cause.code : undefined;
  }
}

/** Marks the failure of an order. */
const ordered = async (order: Promise<string>): Promise<string> => {
  try {
    return await order;
  } catch (error) {
    throw new OrderError(error);
  }
};

function stepsOf({ opsparkctl, smokeTest }: SetupWorld, request: SetupRequest): readonly Step[] {
  const { name, kube, spark, jobNamespace } = request;
  return [
    [`Cluster ${name}`, () => ordered(opsparkctl(['create', 'kube', name, ...kube])), '10 min'],
    ['Kubeconfig', () => opsparkctl(['kubeconfig', name]), '3 s'],
    [
      'Operator',
      () => opsparkctl(['create', 'spark', '--cluster', name, '--job-namespace', jobNamespace, ...spark]),
      '1 min',
    ],
    ['Pi', smokeTest, '1 min'],
  ];
}

/** The cluster takes the operator with it; its bucket has nothing but the smoke test's log. */
async function cleanUp({ progress, opsparkctl }: SetupWorld, { name, keep }: SetupRequest): Promise<void> {
  if (keep) return;
  const args = ['delete', 'kube', name, '--yes', '--delete-bucket'];
  await progress.step(`Removing cluster ${name}, its S3 key and its bucket`, () => opsparkctl(args), '3 min');
}

const leftOver = ({ name }: SetupRequest, reason: unknown): string =>
  `Something of it may be left: opsparkctl delete kube ${name} (${reason instanceof Error ? reason.message : String(reason)})`;
