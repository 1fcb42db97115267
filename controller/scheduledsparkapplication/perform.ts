import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isAlreadyExists, isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { refusalOf } from '../sparkapplication/refusal.ts';
import type { RunEnd, RunStart } from './decision.ts';
import { newRun } from './new-run.ts';
import { isRunOf } from './run-view.ts';

/** How a start ended. */
export type Started =
  | { readonly kind: 'Started' }
  /** The run was there already: started before a crash. */
  | { readonly kind: 'Adopted' }
  /** The API server does not take it, or its name belongs to something else. */
  | { readonly kind: 'Refused'; readonly message: string };

/** What starting a run needs. */
export interface StartWorld {
  readonly client: KubeClient;
  /** Takes the run, so that the next look at the cache sees it. */
  readonly accept: (run: SparkApplication) => void;
}

/**
 * Creates the application of a run. One of the same name that this schedule owns is the run itself.
 * @throws ApiError when another try may succeed
 */
export async function startRun(
  { client, accept }: StartWorld,
  schedule: ScheduledSparkApplication,
  start: RunStart,
): Promise<Started> {
  try {
    // Parse boundary: the API server answers with the object as it is stored.
    accept((await client.create<object>(resources.sparkApplications, newRun(schedule, start))) as SparkApplication);
    return { kind: 'Started' };
  } catch (error) {
    if (isAlreadyExists(error)) return adopted(client, schedule, start);
    const refusal = refusalOf(error, schedule.spec.template);
    if (refusal === undefined) throw error;
    return { kind: 'Refused', message: refusal.message };
  }
}

async function adopted(client: KubeClient, schedule: ScheduledSparkApplication, { name }: RunStart): Promise<Started> {
  const { namespace } = schedule.metadata;
  const run = await client.get(resources.sparkApplications, { namespace, name });
  return isRunOf(run, schedule)
    ? { kind: 'Adopted' }
    : {
        kind: 'Refused',
        message: `a SparkApplication "${name}" exists that is not of this schedule: delete or rename it`,
      };
}

/**
 * Deletes a run if it still is what was decided about: the uid and the resourceVersion are preconditions. Its pods follow it;
 * who waits for them sees them linger (`observe`).
 * @throws ApiError 409 when it changed: look again
 */
export async function endRun(client: KubeClient, namespace: string, { run }: RunEnd): Promise<void> {
  const { name, uid, resourceVersion } = run;
  try {
    await client.delete(resources.sparkApplications, { namespace, name }, { uid, resourceVersion });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
