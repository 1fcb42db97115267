import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { LABEL_SCHEDULED_APP_NAME } from '../../api/labels.ts';
import type { ScheduledSparkApplication, ScheduledSparkApplicationSpec } from '../../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { resources } from '../../kube/resources.ts';
import { anApp, aSchedule } from '../builders.ts';
import {
  applicationsOf,
  recordDrivers,
  startCluster,
  startController,
  until,
  withBehaviour,
  type Cluster,
  type RunningController,
} from './controller-harness.ts';

const schedules = resources.scheduledSparkApplications;
const HOUR = 3_600_000;
const quick = anApp({ spec: withBehaviour({ runMs: 50 }) }).spec;
const endless = anApp({ spec: withBehaviour({ runMs: HOUR }) }).spec;

describe('schedules, on a real API server', () => {
  let cluster: Cluster;
  let running: RunningController;
  let namespace: string;

  beforeAll(async () => {
    cluster = await startCluster('schedules');
  }, 60_000);

  afterAll(() => cluster.stop());

  beforeEach(async () => {
    namespace = await cluster.namespace();
    running = await startController(cluster.client, namespace);
  });

  afterEach(() => running.stop());

  const create = async (spec: Partial<ScheduledSparkApplicationSpec>): Promise<void> => {
    const { apiVersion, kind, spec: full } = aSchedule(spec);
    const metadata = { name: 'etl', namespace, labels: { team: 'risk' } };
    await cluster.client.create<object>(schedules, { apiVersion, kind, metadata, spec: full });
  };
  const get = (): Promise<ScheduledSparkApplication> => cluster.client.get(schedules, { namespace, name: 'etl' });
  const edit = (patch: object): Promise<unknown> => cluster.client.patch(schedules, { namespace, name: 'etl' }, patch);
  const runs = async (): Promise<readonly SparkApplication[]> =>
    (await cluster.client.list(resources.sparkApplications, { namespace })).items;
  const untilStatus = (
    what: string,
    holds: (status: NonNullable<ScheduledSparkApplication['status']>) => boolean,
  ): Promise<ScheduledSparkApplication> =>
    until(what, async () => {
      const seen = await get();
      return holds(seen.status ?? {}) ? seen : undefined;
    });

  it('starts run after run, keeps the newest of each kind, and tells what it did', async () => {
    await create({ schedule: '@every 1s', template: quick });
    const first = await untilStatus('a first run', ({ lastRunName }) => lastRunName !== undefined);
    const { status } = await untilStatus(
      'another run, and a success',
      ({ lastRunName, pastSuccessfulRunNames = [] }) =>
        lastRunName !== first.status?.lastRunName && pastSuccessfulRunNames.length === 1,
    );
    expect(status).toMatchObject({ scheduleState: 'Scheduled', observedGeneration: 1 });
    expect(Date.parse(status?.nextRun ?? '')).toBeGreaterThanOrEqual(Date.parse(status?.lastRun ?? ''));
    await edit({ spec: { suspend: true } });
    const kept = await untilStatus('no next run', ({ nextRun }) => nextRun === undefined);
    const left = await until('the history to be pruned', async () => {
      const all = await runs();
      const finished = all.filter((run) => run.status?.applicationState?.state === 'COMPLETED');
      return finished.length === 1 && all.length === 1 ? all : undefined;
    });
    expect(left[0]?.metadata).toMatchObject({
      labels: { [LABEL_SCHEDULED_APP_NAME]: 'etl', team: 'risk' },
      ownerReferences: [{ kind: 'ScheduledSparkApplication', name: 'etl', uid: kept.metadata.uid }],
    });
    expect(await running.metrics.text()).toMatch(/spark_schedule_run_count\{outcome="started"\} [2-9]/);
  }, 60_000);

  it('starts a run that somebody asks for once, although it is suspended', async () => {
    await create({ schedule: '@hourly', suspend: true, template: quick });
    await edit({ metadata: { annotations: { 'sparkoperator.k8s.io/run-now': 'today' } } });
    const { status } = await untilStatus('the run', ({ lastRunNow }) => lastRunNow === 'today');
    await applicationsOf(cluster.client, namespace).untilState(status?.lastRunName ?? '', 'COMPLETED');
    await edit({ metadata: { annotations: { note: 'an edit' } } });
    await edit({ metadata: { annotations: { 'sparkoperator.k8s.io/run-now': 'tomorrow' } } });
    await untilStatus('the second run', ({ lastRunNow }) => lastRunNow === 'tomorrow');
    expect((await runs()).filter(({ metadata }) => metadata.name === status?.lastRunName)).toHaveLength(1);
  }, 60_000);

  it('replaces an unfinished run, and no two drivers overlap', async () => {
    const drivers = await recordDrivers(cluster.client, namespace);
    await create({ schedule: '@every 2s', concurrencyPolicy: 'Replace', template: endless });
    const overlaps: number[] = [];
    const threeRuns = async (): Promise<true | undefined> => {
      const pods = await cluster.client.list(resources.pods, { namespace, labelSelector: 'spark-role=driver' });
      overlaps.push(pods.items.length);
      return drivers.bySubmission().size >= 3 || undefined;
    };
    // The garbage collector looks for new definitions every 30 seconds, and these are new.
    await until('three runs', threeRuns, 60_000);
    await drivers.stop();
    expect(Math.max(...overlaps)).toBe(1);
    expect([...drivers.bySubmission().values()].every((count) => count === 1)).toBe(true);
  }, 90_000);

  it('passes a run over where two at once are forbidden', async () => {
    await create({ schedule: '@every 1s', concurrencyPolicy: 'Forbid', template: endless });
    const { status } = await untilStatus('the run', ({ lastRunName }) => lastRunName !== undefined);
    await untilStatus('the next to be passed over', ({ nextRun }) => nextRun !== status?.nextRun);
    expect(await runs()).toHaveLength(1);
  }, 60_000);

  it('says what is wrong, and goes on when it is mended', async () => {
    await create({ schedule: 'whenever', template: quick });
    const { status } = await untilStatus('the verdict', ({ scheduleState }) => scheduleState === 'FailedValidation');
    expect(status?.reason).toMatch(/^spec\.schedule: "whenever" has not the five fields/);
    await edit({ spec: { schedule: '@every 1s' } });
    await untilStatus('a run', ({ lastRunName }) => lastRunName !== undefined);
  }, 60_000);

  it('leaves no run behind when it is deleted', async () => {
    await create({ schedule: '@every 1s', template: endless });
    await untilStatus('a run', ({ lastRunName }) => lastRunName !== undefined);
    await cluster.client.delete(schedules, { namespace, name: 'etl' });
    await until('the runs to be gone', async () => (await runs()).length === 0 || undefined);
  }, 60_000);
});
