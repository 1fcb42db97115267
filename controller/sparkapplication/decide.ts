import type { ApplicationState } from '../../api/states.ts';
import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import type { Decision, Effect } from './decision.ts';
import { isAlive } from './driver.ts';
import { given } from './given.ts';
import { expire } from './rows/expire.ts';
import { follow } from './rows/follow.ts';
import { stateOf, type Next, type Row } from './rows/next.ts';
import { rerunOrComplete, retryRun, retrySubmission } from './rows/retry.ts';
import { followSubmission, submitNext } from './rows/submit.ts';
import { invalidate, rerun, resume, suspend } from './rows/teardown.ts';
import type { Seen } from './seen.ts';

/*
 *            (New)────────────────┐ refused
 *              │ claim            ▼            retry
 *              │          SUBMISSION_FAILED ─────────────┐
 *              ▼            ▲     │ no retry             │
 *   ┌──────▶ SUBMITTED ─────┘     ▼                      │
 *   │          │ driver runs    FAILED ◀──────────┐      │
 *   │          ▼                  │ edit          │      │
 *   │        RUNNING ◀──▶ UNKNOWN │               │      │
 *   │          │                  │               │      │
 *   │          ├─ exit 0 ────▶ SUCCEEDING ──▶ COMPLETED  │
 *   │          │                  │ Always        │ edit │
 *   │          └─ failed ────▶ FAILING ── no ─────┘      │
 *   │                             │ retry                │
 *   ├──────────────────────── PENDING_RERUN ◀── INVALIDATING ◀── edit of any submitted application
 *   │                                                    │
 *   ├────────────────────────────────────────────────────┘
 *   └── RESUMING ◀── SUSPENDED ◀── SUSPENDING ◀── suspend: true in any state that is not an end
 *
 * A state that leads on at once is passed in the same decision and never written: FAILING shows only while an attempt is
 * waited for, SUCCEEDING, RESUMING and SUBMISSION_FAILED only when something comes between.
 */

/** One row per state: a new state that has no row does not compile. No I/O and no clock in here. */
const rows: Readonly<Record<ApplicationState, Row>> = {
  '': (seen) => submitNext(seen),
  SUBMITTED: followSubmission,
  RUNNING: follow,
  UNKNOWN: follow,
  SUCCEEDING: rerunOrComplete,
  FAILING: retryRun,
  SUBMISSION_FAILED: retrySubmission,
  PENDING_RERUN: rerun,
  INVALIDATING: invalidate,
  SUSPENDING: suspend,
  SUSPENDED: resume,
  RESUMING: (seen) => submitNext(seen),
  COMPLETED: expire,
  FAILED: expire,
};

/** More steps than the longest path through the table without an effect. */
const MAX_STEPS = 8;

/** What to do about an application: goes through the table until a state has something to do or to wait for. */
export function decide(seen: Seen): Decision {
  if (seen.app.metadata.deletionTimestamp !== undefined) return decided(seen, letGo(seen), false);
  let current = seen;
  let isVerdict = false;
  for (let step = 1; ; step++) {
    const next = rows[stateOf(current.status)](current);
    isVerdict ||= next.isVerdict === true;
    const hasMoved = stateOf(next.status) !== stateOf(current.status);
    if (!hasMoved || hasEffects(next) || step === MAX_STEPS) return decided(seen, next, isVerdict);
    current = { ...current, status: next.status };
  }
}

/** An object under deletion that some finalizer still holds: its driver must not run on. Else the garbage collector has it. */
function letGo({ driver, status }: Seen): Next {
  if (!isAlive(driver) || driver.phase === 'Absent' || driver.pod.deleting) return { status };
  return { status, effects: [{ kind: 'deleteDriver', name: driver.pod.name, uid: driver.pod.uid }], isVerdict: true };
}

const hasEffects = ({ effects = [] }: Next): boolean => effects.length > 0;

/** A change of state is written before the driver that it condemns is deleted, so that a crash in between loses no reason. */
function decided(seen: Seen, { status: next, effects = [], wakeAt }: Next, isVerdict: boolean): Decision {
  const status = observed(next, seen);
  const isNews = stateOf(status) !== stateOf(seen.status);
  const condemns = isNews && effects.some(({ kind }) => kind === 'deleteDriver');
  const record: readonly Effect[] = condemns ? [{ kind: 'record', status }] : [];
  return { status, effects: [...record, ...effects], isVerdict, ...given({ wakeAt }) };
}

/** The status speaks of the generation that was looked at, also of one whose edit needed no new run. */
function observed(status: SparkApplicationStatus, { app: { metadata } }: Seen): SparkApplicationStatus {
  const { generation } = metadata;
  const isSame = status.observedGeneration === generation || stateOf(status) === '';
  return isSame || generation === undefined ? status : { ...status, observedGeneration: generation };
}
