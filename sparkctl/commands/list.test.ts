import { describe, expect, it } from '@jest/globals';

import { anApp, aSchedule } from '../../test/builders.ts';
import { apiError, sparkctl, type FakeWorld } from '../../test/fake-cli.ts';

const running = anApp({
  name: 'etl',
  metadata: { creationTimestamp: '2026-01-01T00:00:00Z' },
  status: {
    applicationState: { state: 'RUNNING' },
    executionAttempts: 1,
    lastSubmissionAttemptTime: '2026-01-01T00:05:00Z',
    sparkApplicationId: 'spark-1',
    driverInfo: { podName: 'etl-driver' },
    submission: { attempt: 1, lane: 'Native', specHash: 'x', specHashVersion: 1 },
    executors: { desired: 3, pending: 1, running: 2, succeeded: 0, failed: 0 },
  },
});
const failed = anApp({
  name: 'pi',
  metadata: { creationTimestamp: '2025-12-31T00:00:00Z' },
  status: {
    applicationState: { state: 'FAILED', reason: 'DriverOOMKilled' },
    executionAttempts: 2,
    lastSubmissionAttemptTime: '2026-01-01T00:00:00Z',
    terminationTime: '2026-01-01T00:02:30Z',
    executorState: { a: 'COMPLETED', b: 'FAILED' },
  },
});
const elsewhere = anApp({ name: 'far', namespace: 'other', metadata: { labels: { team: 'risk' } } });

const scheduled = {
  ...aSchedule({ timeZone: 'Europe/Zurich' }),
  status: { scheduleState: 'Scheduled', nextRun: '2026-01-01T01:00:00Z' },
};

interface Case {
  readonly given: { readonly args: string[]; readonly world?: FakeWorld };
  readonly want: object;
}

const objects = [running, failed, elsewhere];
const cases: Record<string, Case> = {
  'a table of the namespace': {
    given: { args: [] },
    want: {
      code: 0,
      out: [
        'NAME   STATE     ATTEMPTS   EXECUTORS   SUBMITTED   DURATION   AGE',
        'etl    RUNNING   1          2/3         5m          5m         10m',
        'pi     FAILED    2          -           10m         2m30s      1d',
        '',
      ].join('\n'),
    },
  },
  'all namespaces have a column for them': {
    given: { args: ['-A', '-l', 'team=risk'] },
    want: {
      code: 0,
      out: 'NAMESPACE   NAME   STATE   ATTEMPTS   EXECUTORS   SUBMITTED   DURATION   AGE\nother       far    NEW     0          -           -           -          10m\n',
    },
  },
  'wide shows reason, driver, Spark id and lane': {
    given: { args: ['-o', 'wide', '-n', 'default'] },
    want: {
      code: 0,
      out: expect.stringMatching(/REASON +DRIVER +SPARK-ID +LANE\n.*- +etl-driver +spark-1 +Native\n.*DriverOOMKilled/),
    },
  },
  'names are what kubectl takes': {
    given: { args: ['-o', 'name'] },
    want: { code: 0, out: 'sparkapplication.sparkoperator.k8s.io/etl\nsparkapplication.sparkoperator.k8s.io/pi\n' },
  },
  'JSON is a List whose items stand on their own': {
    given: { args: ['-o', 'json', '-n', 'other'] },
    want: { code: 0, out: `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [elsewhere] }, undefined, 4)}\n` },
  },
  'schedules have a table of their own': {
    given: {
      args: ['scheduledsparkapplications'],
      world: {
        objects: [scheduled],
      },
    },
    want: {
      code: 0,
      out: expect.stringMatching(/^hourly-pi +@hourly +Europe\/Zurich +false +Scheduled +- +in 50m +-$/m),
    },
  },
  'nothing found is said on standard error and is no failure': {
    given: { args: ['-n', 'empty'] },
    want: { code: 0, out: '', err: 'No SparkApplications found in namespace "empty"\n' },
  },
  'a cluster without the operator': {
    given: { args: [], world: { installed: false } },
    want: {
      code: 3,
      err: expect.stringMatching(/^error: the Spark operator is not installed in .*helm install spark-operator/),
    },
  },
  'no right to list': {
    given: {
      args: ['-A'],
      world: {
        failures: {
          'list sparkapplications': apiError(
            403,
            'Forbidden',
            'sparkapplications is forbidden: User "eva" cannot list resource "sparkapplications"',
          ),
        },
      },
    },
    want: {
      code: 1,
      err: expect.stringMatching(
        /^error: you may not list sparkapplications.sparkoperator.k8s.io in all namespaces: .*User "eva"/,
      ),
    },
  },
  'an API server that does not answer': {
    given: {
      args: [],
      world: { failures: { 'list sparkapplications': apiError(0, 'Unreachable', 'connect ECONNREFUSED') } },
    },
    want: { code: 5, err: 'error: cannot reach the API server https://fake:6443: connect ECONNREFUSED\n' },
  },
  'credentials that are not accepted': {
    given: {
      args: [],
      world: { failures: { 'list sparkapplications': apiError(401, 'Unauthorized', 'Unauthorized') } },
    },
    want: { code: 5, err: expect.stringContaining('does not accept these credentials') },
  },
  'an unusable kubeconfig': {
    given: { args: ['-k', 'missing'] },
    want: { code: 5, err: 'error: missing: no such file\n' },
  },
  'an unknown kind': {
    given: { args: ['pods'] },
    want: {
      code: 2,
      err: 'error: unknown kind "pods": sparkctl knows sparkapplication and scheduledsparkapplication\n',
    },
  },
  'an unknown format': {
    given: { args: ['-o', 'xml'] },
    want: { code: 2, err: expect.stringContaining('Allowed choices are wide, json, yaml, name') },
  },
};

describe('sparkctl list', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    const outcome = await sparkctl(['list', ...given.args], given.world ?? { objects });
    expect(outcome).toMatchObject(want);
  });

  it('colours the state on a terminal only, and keeps the columns aligned', async () => {
    const { out } = await sparkctl(['ls'], { objects, colour: true });
    expect(out).toContain('etl    \u001B[32mRUNNING\u001B[39m   1 ');
    expect(out).toContain('pi     \u001B[31mFAILED\u001B[39m    2 ');
  });
});
