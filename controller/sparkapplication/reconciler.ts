import type { SparkApplication, SparkApplicationStatus } from '../../api/sparkapplication.ts';
import type { Key } from '../../kube/key.ts';
import type { Logger } from '../../kube/log.ts';
import { done, type Reconcile, type Result } from '../../kube/reconcile.ts';
import { decide } from './decide.ts';
import type { Decision, Outcome } from './decision.ts';
import { executorWindowMs, executorsAloneDiffer } from './executor-throttle.ts';
import type { Memories, Memory } from './memory.ts';
import type { LiveReading } from './observe.ts';
import type { OuterEffect } from './perform.ts';
import type { PodView } from './pod-view.ts';
import { earliest, stateOf } from './rows/next.ts';
import type { Seen } from './seen.ts';
import { settle } from './settle.ts';
import { warningsLookAt } from './start-warnings.ts';
import type { WriteStatus } from './status-writer.ts';

/** Everything the reconciler may touch. Tests pass plain objects. */
export interface World {
  readonly observe: (key: Key, now: number, live?: LiveReading) => Seen | undefined;
  /** Undefined when the application is gone. */
  readonly readLive: (app: SparkApplication) => Promise<LiveReading | undefined>;
  readonly readWarnings: (pod: PodView, memory: Memory, now: number) => Promise<void>;
  readonly perform: (app: SparkApplication, effect: OuterEffect) => Promise<Outcome>;
  readonly writeStatus: WriteStatus;
  readonly memories: Memories;
  readonly now: () => number;
}

/** observe → decide → perform → one status patch. A verdict is decided again on a live reading before it is carried out. */
export const sparkApplicationReconciler =
  (world: World): Reconcile =>
  async (key, log) => {
    const seen = await informed(world, key);
    if (seen === undefined) {
      world.memories.forget(key);
      return done;
    }
    const decision = decide(seen);
    if (!decision.isVerdict) return carryOut(world, { key, seen, decision }, log);

    const live = await world.readLive(seen.app);
    const sure = live === undefined ? undefined : world.observe(key, world.now(), live);
    return sure === undefined ? done : carryOut(world, { key, seen: sure, decision: decide(sure) }, log);
  };

/** What the stores show, with the kubelet's warnings about a driver that should have started by now. */
async function informed({ observe, memories, now, readWarnings }: World, key: Key): Promise<Seen | undefined> {
  const seen = observe(key, now());
  if (seen === undefined) return undefined;
  const lookAt = warningsLookAt(seen, memories.of(key));
  if (lookAt === undefined || seen.now < lookAt || seen.driver.phase !== 'Pending') return seen;
  await readWarnings(seen.driver.pod, memories.of(key), seen.now);
  return observe(key, now());
}

/** One look at an application and what was decided about it. */
interface Pass {
  readonly key: Key;
  readonly seen: Seen;
  readonly decision: Decision;
}

async function carryOut(world: World, pass: Pass, log: Logger): Promise<Result> {
  const { key, seen, decision } = pass;
  const memory = world.memories.of(key);
  const { app, status, wakeAt } = await performAll(world, pass, log);
  if (seen.driverDeleted && decision.effects.some(({ kind }) => kind === 'deleteAttemptObjects'))
    delete memory.goneDriver;
  const heldUntil = holdUntil(memory, app.status ?? {}, status, seen.now);
  if (heldUntil === undefined) await world.writeStatus(app, status);
  const [from, to] = [stateOf(seen.status), stateOf(status)];
  if (from !== to)
    log.info({ from, to, reason: status.applicationState?.reason }, 'Changed the state of an application');
  return requeue(earliest(wakeAt, heldUntil, warningsLookAt({ ...seen, status }, memory)), seen.now);
}

interface Performed {
  readonly app: SparkApplication;
  readonly status: SparkApplicationStatus;
  readonly wakeAt: number | undefined;
}

/** The effects in their order, each outcome settled into the status; one that ends the matter ends the list. */
async function performAll(world: World, { seen, decision }: Pass, log: Logger): Promise<Performed> {
  let { app } = seen;
  let { status } = decision;
  let wakeAt: number | undefined = decision.wakeAt;
  for (const effect of decision.effects) {
    if (effect.kind === 'record') {
      app = await world.writeStatus(app, effect.status);
      continue;
    }
    log.debug({ effect: effect.kind }, 'Performing an effect');
    const settled = settle(status, await world.perform(app, effect), seen);
    ({ status } = settled);
    wakeAt = earliest(wakeAt, settled.wakeAt);
    if (!settled.goesOn) break;
  }
  return { app, status, wakeAt };
}

/** Changes of executors alone are collected for a while: until when, or undefined to write now what there is to write. */
function holdUntil(
  memory: Memory,
  before: SparkApplicationStatus,
  after: SparkApplicationStatus,
  now: number,
): number | undefined {
  const since = executorsAloneDiffer(before, after) ? (memory.heldExecutors?.since ?? now) : undefined;
  const until = since === undefined ? undefined : since + executorWindowMs(after);
  if (since === undefined || until === undefined || now >= until) {
    delete memory.heldExecutors;
    return undefined;
  }
  memory.heldExecutors = { since, submissionId: after.submissionID ?? '', states: after.executorState ?? {} };
  return until;
}

const requeue = (at: number | undefined, now: number): Result =>
  at === undefined ? done : { requeueAfterMs: Math.max(at - now, 0) };
