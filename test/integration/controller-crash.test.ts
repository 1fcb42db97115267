import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { isTerminal } from '../../api/states.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { tappedClient, type Tap } from '../tapped-client.ts';
import {
  applicationsOf,
  recordDrivers,
  startCluster,
  startController,
  withBehaviour,
  type Cluster,
} from './controller-harness.ts';

/** A process that dies at one of its writes: before the API server gets it, or after it has acted on it. */
interface Death {
  readonly tap: Tap;
  /** Resolves when it has happened. */
  readonly happened: Promise<void>;
  /** Writes that were let through. */
  count(): number;
}

const isEvent = (resource: string): boolean => resource === 'events';

/** From the deadly write on nothing gets through and nothing is answered, as with a process that was killed. */
function deathAt(write: number, when: 'before' | 'after'): Death {
  let writes = 0;
  let dead = false;
  let tell = (): void => undefined;
  const happened = new Promise<void>((resolve) => (tell = resolve));
  const die = (): Promise<never> => {
    dead = true;
    tell();
    return new Promise(() => undefined);
  };
  return {
    happened,
    count: () => writes,
    tap: {
      before: async ({ resource }) => {
        if (dead) await die();
        if (isEvent(resource)) return;
        writes += 1;
        if (writes === write && when === 'before') await die();
      },
      after: async ({ resource }) => {
        if (dead || (!isEvent(resource) && writes >= write && when === 'after')) await die();
      },
    },
  };
}

const isOver = ({ status }: SparkApplication): boolean => isTerminal(status?.applicationState?.state ?? '');

/** A life with a failure and a second attempt, so that the death may fall into every kind of write. */
const life = withBehaviour(
  { runMs: 20, exitCode: 1 },
  { restartPolicy: { type: 'OnFailure', onFailureRetries: 1, onFailureRetryInterval: 1 } },
);

/** What is left after a life with a death in it. */
interface Ending {
  readonly write: number;
  readonly state: string | undefined;
  readonly attempts: readonly string[] | undefined;
  /** Driver pods that ever were, by submission. */
  readonly drivers: Readonly<Record<string, number>>;
  /** Submissions that have ConfigMaps left. */
  readonly left: readonly (string | undefined)[];
}

/** Lives that are lived side by side. */
const AT_ONCE = 6;

describe('a controller that dies at any of its writes', () => {
  let cluster: Cluster;
  /** How many writes the life takes when nothing goes wrong. */
  let undisturbed = 0;
  /** Controllers that were killed and give up what they wait for. */
  const dying: Promise<void>[] = [];

  const configMapsOf = async (client: KubeClient, namespace: string): Promise<readonly (string | undefined)[]> => {
    const { items } = await client.list(resources.configmaps, { namespace, labelSelector: LABEL_SUBMISSION_ID });
    return items.map(({ metadata }) => metadata?.labels?.[LABEL_SUBMISSION_ID]);
  };

  beforeAll(async () => {
    cluster = await startCluster('crash');
    const namespace = await cluster.namespace();
    const counted = deathAt(Number.POSITIVE_INFINITY, 'before');
    const controller = await startController(tappedClient(cluster.client, counted.tap), namespace);
    const apps = applicationsOf(cluster.client, namespace);
    await apps.create('pi', life);
    await apps.untilStatus('pi', 'over', isOver);
    await controller.stop();
    undisturbed = counted.count();
  }, 120_000);
  afterAll(async () => {
    await Promise.all(dying);
    await cluster.stop();
  }, 60_000);

  /** One life with one death, in a namespace of its own: what was left in the end. */
  const dieAt = async (write: number, when: 'before' | 'after'): Promise<Ending> => {
    const namespace = await cluster.namespace();
    const drivers = await recordDrivers(cluster.client, namespace);
    const apps = applicationsOf(cluster.client, namespace);
    const death = deathAt(write, when);
    const doomed = await startController(tappedClient(cluster.client, death.tap), namespace);
    await apps.create('pi', life);
    await Promise.race([death.happened, apps.untilStatus('pi', 'over', isOver)]);
    dying.push(doomed.stop());

    const successor = await startController(cluster.client, namespace);
    const { status } = await apps.untilStatus('pi', `over after a death ${when} write ${write}`, isOver);
    await successor.stop();
    await drivers.stop();
    return {
      write,
      state: status?.applicationState?.state,
      attempts: status?.attempts?.map(({ submissionID }) => submissionID),
      drivers: Object.fromEntries(drivers.bySubmission()),
      left: [...new Set(await configMapsOf(cluster.client, namespace))],
    };
  };

  it.each(['before', 'after'] as const)(
    'never doubles or loses an attempt (death %s the write)',
    async (when) => {
      expect(undisturbed).toBeGreaterThan(12);
      const writes = Array.from({ length: undisturbed }, (_, i) => i + 1);
      for (let i = 0; i < writes.length; i += AT_ONCE) {
        const endings = await Promise.all(writes.slice(i, i + AT_ONCE).map((write) => dieAt(write, when)));
        for (const { write, attempts = [], ...ending } of endings) {
          expect({ write, attempts: attempts.length, ...ending }).toEqual({
            write,
            attempts: 2,
            state: 'FAILED',
            drivers: Object.fromEntries(attempts.map((id) => [id, 1])),
            left: attempts.slice(-1),
          });
        }
      }
    },
    240_000,
  );
});
