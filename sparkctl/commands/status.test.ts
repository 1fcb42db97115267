import { describe, expect, it } from '@jest/globals';

import { anApp } from '../../test/builders.ts';
import { apiError, sparkctl, type FakeWorld } from '../../test/fake-cli.ts';
import { aDriverPod, anEvent, anExecutorPod } from '../../test/spark-pods.ts';

const running = anApp({
  spec: { timeouts: { runSeconds: 3600 } },
  status: {
    applicationState: { state: 'RUNNING' },
    executionAttempts: 2,
    submissionAttempts: 3,
    submissionID: 'now',
    sparkApplicationId: 'spark-1',
    lastSubmissionAttemptTime: '2026-01-01T00:05:00Z',
    submission: { attempt: 3, lane: 'SparkSubmit', reasons: ['spec.proxyUser'], specHash: 'x', specHashVersion: 1 },
    driverInfo: { podName: 'pi-driver', webUIAddress: '10.96.0.7:4040' },
    executors: { desired: 2, pending: 1, running: 1, succeeded: 0, failed: 0 },
    attempts: [
      {
        number: 1,
        submissionID: 'before',
        startTime: '2026-01-01T00:01:00Z',
        endTime: '2026-01-01T00:01:30Z',
        exitCode: 137,
        state: 'FAILED',
        reason: 'DriverOOMKilled',
        message: 'Killed\nat line 2',
      },
      { number: 3, submissionID: 'now', startTime: '2026-01-01T00:05:00Z' },
    ],
    conditions: [
      {
        type: 'DriverReady',
        status: 'True',
        reason: 'Running',
        message: 'It runs',
        lastTransitionTime: '2026-01-01T00:06:00Z',
      },
    ],
  },
});

const unschedulable = aDriverPod({
  phase: 'Pending',
  status: {
    phase: 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes: Insufficient cpu.' },
    ],
    containerStatuses: [],
  },
});

describe('sparkctl status', () => {
  it('tells everything about a running application', async () => {
    const objects = [
      running,
      aDriverPod({ submissionID: 'now' }),
      anExecutorPod(2, { submissionID: 'now', phase: 'Pending', state: { waiting: { reason: 'ContainerCreating' } } }),
      anExecutorPod(1, { submissionID: 'now' }),
      anExecutorPod(9, { submissionID: 'before' }),
      anEvent('SparkApplicationSubmitted', 'Submitted'),
    ];
    const { code, out, err } = await sparkctl(['status', 'pi'], { objects });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Name:        pi
Namespace:   default
State:       RUNNING
Next:        ends when the driver ends; FAILED if it runs longer than 1h
Created:     2026-01-01T00:00:00Z (10m ago)
Submitted:   2026-01-01T00:05:00Z (5m ago)
Duration:    5m
Attempts:    2 (3 submissions)
Spark ID:    spark-1
Submission:  now (lane SparkSubmit: spec.proxyUser)
Driver:      pi-driver, Running, on node-1
Spark UI:    10.96.0.7:4040 or sparkctl forward pi -n default
Executors:   1 running, 1 pending of 2

Executors:
  ID   POD         STATE                         NODE     AGE
  1    pi-exec-1   Running                       node-1   9m30s
  2    pi-exec-2   Pending (ContainerCreating)   node-1   9m30s

Attempts:
  NUMBER   STARTED   DURATION   STATE    EXIT   REASON            MESSAGE
  1        9m ago    30s        FAILED   137    DriverOOMKilled   Killed
  3        5m ago    5m         -        -      -                 -

Conditions:
  TYPE          STATUS   REASON    SINCE   MESSAGE
  DriverReady   True     Running   4m      It runs

Last events:
  LAST SEEN   TYPE     REASON                      OBJECT                MESSAGE
  5m          Normal   SparkApplicationSubmitted   sparkapplication/pi   Submitted
`);
  });

  interface Case {
    readonly given: { readonly args?: string[]; readonly world: FakeWorld };
    readonly want: object;
  }

  const cases: Record<string, Case> = {
    'why the driver is pending': {
      given: {
        world: {
          objects: [
            anApp({ status: { applicationState: { state: 'SUBMITTED' }, driverInfo: { podName: 'pi-driver' } } }),
            unschedulable,
          ],
        },
      },
      want: {
        out: expect.stringContaining('pi-driver, Pending (Unschedulable: 0/1 nodes: Insufficient cpu.), on node-1'),
      },
    },
    'why it failed': {
      given: {
        world: {
          objects: [
            anApp({
              status: {
                applicationState: { state: 'FAILED', reason: 'ImagePull', errorMessage: 'cannot pull\nimage x' },
                terminationTime: '2026-01-01T00:09:00Z',
                driverInfo: { podName: 'pi-driver' },
              },
            }),
          ],
        },
      },
      want: {
        code: 0,
        out: expect.stringMatching(
          /^Reason: {6}ImagePull\nMessage: {5}cannot pull\n {13}image x\nNext: {8}nothing: it is kept until it is deleted\n.*Driver: {6}pi-driver \(no such pod\)/ms,
        ),
      },
    },
    'a driver that was killed': {
      given: {
        world: {
          objects: [
            running,
            aDriverPod({ phase: 'Failed', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }),
          ],
        },
      },
      want: { out: expect.stringContaining('pi-driver, Failed (exit code 137, OOMKilled)') },
    },
    'an application that nobody has taken up': {
      given: { world: { objects: [anApp()] } },
      want: {
        code: 0,
        out: expect.stringMatching(
          /State: {7}NEW\nNext: {8}no operator has taken it up for 10m: .*spark\.jobNamespaces/,
        ),
      },
    },
    'a reader without the right to see pods is told the rest': {
      given: {
        world: {
          objects: [running],
          failures: {
            'list pods': apiError(403, 'Forbidden', 'pods is forbidden: User "eva" cannot list resource "pods"'),
          },
        },
      },
      want: {
        code: 0,
        out: expect.stringContaining('State:       RUNNING'),
        err: expect.stringContaining('warning: you may not list pods in namespace "default"'),
      },
    },
    'the object as JSON': {
      given: { args: ['-o', 'json'], world: { objects: [running] } },
      want: { code: 0, out: `${JSON.stringify(running, undefined, 4)}\n` },
    },
    'the object as YAML': {
      given: { args: ['-o', 'yaml'], world: { objects: [running] } },
      want: {
        code: 0,
        out: expect.stringMatching(
          /^apiVersion: sparkoperator.k8s.io\/v1beta2\nkind: SparkApplication\nmetadata:\n {2}name: pi\n/,
        ),
      },
    },
    'an application that does not exist': {
      given: { world: {} },
      want: { code: 1, out: '', err: 'error: SparkApplication "pi" not found in namespace "default"\n' },
    },
    'a schedule': {
      given: { args: ['scheduledsparkapplication/x'], world: {} },
      want: { code: 2 },
    },
  };

  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    const { args = [] } = given;
    const name = args.some((arg) => arg.includes('/')) ? [] : ['pi'];
    expect(await sparkctl(['status', ...name, ...args], given.world)).toMatchObject(want);
  });
});
