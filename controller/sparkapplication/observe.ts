import { ROLE_DRIVER, ROLE_EXECUTOR } from '../../api/labels.ts';
import type { SparkApplication, SparkApplicationStatus } from '../../api/sparkapplication.ts';
import { SPEC_HASH_VERSION, specHash } from '../../spark/spec-hash.ts';
import { namespaceOf, type Key } from '../../kube/key.ts';
import type { Standing } from '../namespaces/job-namespaces.ts';
import { driverOf } from './driver.ts';
import type { Memories, Memory } from './memory.ts';
import type { PodView } from './pod-view.ts';
import { stateOf } from './rows/next.ts';
import type { Prepare, Seen, Settings } from './seen.ts';
import type { Stores } from './stores.ts';

/** What observing needs. */
export interface ObserveWorld {
  readonly stores: Stores;
  readonly memories: Memories;
  readonly settings: Settings;
  readonly prepareFor: (app: SparkApplication) => Prepare;
  readonly standingOf: (namespace: string) => Standing;
}

/** What was read from the API server itself, for a verdict. `driver` is undefined when there is no such pod. */
export interface LiveReading {
  readonly app: SparkApplication;
  readonly driver: PodView | undefined;
}

/** The application as the stores show it, undefined when it is gone or not ours to look at. With a live reading that counts instead of the cache. */
export function observe(world: ObserveWorld, key: Key, now: number, live?: LiveReading): Seen | undefined {
  const app = live === undefined ? world.stores.app(key) : live.app;
  const standing = world.standingOf(namespaceOf(key));
  if (app === undefined || standing === 'Foreign') return undefined;
  const memory = world.memories.of(key);
  const status = withHeldExecutors(app.status ?? {}, memory);
  const pods = world.stores.pods(key).filter(({ submissionId }) => submissionId === status.submissionID);
  const pod = live === undefined ? pods.find(({ role }) => role === ROLE_DRIVER) : live.driver;
  const gone = goneDriver(memory, status);
  return {
    now,
    app,
    status,
    driver: driverOf(pod ?? lastSeen(gone, status)),
    executors: pods.filter(({ role }) => role === ROLE_EXECUTOR),
    live: live !== undefined,
    mayStart: standing === 'Served',
    driverDeleted: pod === undefined && gone !== undefined,
    warnings: warningsAbout(pod, memory),
    specHash: hashOf(app, memory),
    specHashVersion: SPEC_HASH_VERSION,
    settings: world.settings,
    prepare: world.prepareFor(app),
  };
}

/** Executors that came and went while their changes were held back are not forgotten. */
const withHeldExecutors = (status: SparkApplicationStatus, { heldExecutors }: Memory): SparkApplicationStatus =>
  heldExecutors !== undefined && heldExecutors.submissionId === status.submissionID
    ? { ...status, executorState: { ...status.executorState, ...heldExecutors.states } }
    : status;

const goneDriver = ({ goneDriver: gone }: Memory, { submissionID }: SparkApplicationStatus): PodView | undefined =>
  gone?.submissionId === submissionID ? gone : undefined;

const warningsAbout = (pod: PodView | undefined, { warnings }: Memory): readonly string[] =>
  warnings !== undefined && warnings.uid === pod?.uid ? warnings.messages : [];

const FOLLOWED: ReadonlySet<string> = new Set(['SUBMITTED', 'RUNNING', 'UNKNOWN']);

/** A driver that ended and was deleted before we looked still counts as ended, not as lost. */
const lastSeen = (gone: PodView | undefined, status: SparkApplicationStatus): PodView | undefined =>
  gone?.container?.kind === 'terminated' && FOLLOWED.has(stateOf(status)) ? gone : undefined;

/** The API server raises the generation with every edit of the specification, so one hash serves all passes in between. */
function hashOf({ metadata: { uid, generation = 0 }, spec }: SparkApplication, memory: Memory): string {
  const known = memory.specHash;
  if (known?.uid === uid && known.generation === generation) return known.hash;
  const hash = specHash(spec);
  memory.specHash = { uid, generation, hash };
  return hash;
}
