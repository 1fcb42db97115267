import { describe, expect, it } from '@jest/globals';

import { anApp } from '../../test/builders.ts';
import { sparkctl, type FakeWorld } from '../../test/fake-cli.ts';
import { aDriverPod, anExecutorPod } from '../../test/spark-pods.ts';

const submitted = anApp({ status: { applicationState: { state: 'SUBMITTED' }, submissionID: 'now' } });
const running = anApp({ status: { applicationState: { state: 'RUNNING' }, submissionID: 'now' } });
const completed = anApp({ status: { applicationState: { state: 'COMPLETED' } } });
const failed = anApp({ status: { applicationState: { state: 'FAILED', errorMessage: 'driver pod not found' } } });
const pulling = aDriverPod({
  phase: 'Pending',
  state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x"' } },
});
const logs = { 'pi-driver': 'Pi is roughly 3.14\n', 'pi-exec-2': 'task 2\n' };

interface Case {
  readonly given: { readonly args: string[]; readonly world: FakeWorld };
  readonly want: object;
}

const cases: Record<string, Case> = {
  'the log of a running driver': {
    given: { args: ['pi'], world: { objects: [running, aDriverPod()], logs } },
    want: {
      code: 0,
      out: 'Pi is roughly 3.14\n',
      err: '',
      logRequests: [{ container: 'spark-kubernetes-driver', follow: false, timestamps: false }],
    },
  },
  'the log of an executor': {
    given: { args: ['pi', '-e', '2'], world: { objects: [running, anExecutorPod(1), anExecutorPod(2)], logs } },
    want: {
      code: 0,
      out: 'task 2\n',
      logRequests: [{ container: 'spark-kubernetes-executor', follow: false, timestamps: false }],
    },
  },
  'flags reach the API server in its units': {
    given: {
      args: ['pi', '-f', '--tail', '5', '--since', '1h30m', '--timestamps'],
      world: { objects: [running, aDriverPod()], logs },
    },
    want: {
      code: 0,
      logRequests: [
        { container: 'spark-kubernetes-driver', follow: true, timestamps: true, tailLines: 5, sinceSeconds: 5400 },
      ],
    },
  },
  'a finished driver still has its log': {
    given: {
      args: ['pi'],
      world: { objects: [completed, aDriverPod({ phase: 'Succeeded', state: { terminated: { exitCode: 0 } } })], logs },
    },
    want: { code: 0, out: 'Pi is roughly 3.14\n' },
  },
  'waits for the pod and says for what, once for each reason': {
    given: {
      args: ['pi'],
      world: { objects: [submitted], logs, later: { 3: pulling, 6: aDriverPod({ submissionID: 'now' }) } },
    },
    want: {
      code: 0,
      out: 'Pi is roughly 3.14\n',
      err: [
        'Waiting for the driver of "pi": the application is SUBMITTED and its driver pod pi-driver does not exist yet',
        'Waiting for the driver of "pi": pod pi-driver is Pending (ImagePullBackOff: Back-off pulling image "x")',
        '',
      ].join('\n'),
      seconds: 6,
    },
  },
  'the pod of an earlier attempt is not the driver': {
    given: {
      args: ['pi', '--timeout', '5s'],
      world: { objects: [running, aDriverPod({ submissionID: 'before' })], logs },
    },
    want: { code: 4, out: '' },
  },
  'gives up after the time-out with the last reason': {
    given: { args: ['pi'], world: { objects: [submitted, pulling] } },
    want: {
      code: 4,
      seconds: 30,
      err: expect.stringMatching(
        /^error: timed out after 30s waiting for the driver of "pi": pod pi-driver is Pending \(ImagePullBackOff/m,
      ),
    },
  },
  'following waits as long as it takes': {
    given: { args: ['pi', '-f'], world: { objects: [submitted], logs, later: { 300: aDriverPod() } } },
    want: { code: 0, out: 'Pi is roughly 3.14\n', seconds: 300 },
  },
  'Ctrl-C ends the wait': {
    given: { args: ['pi', '-f'], world: { objects: [submitted], later: { 2: 'interrupt' } } },
    want: { code: 130, out: '' },
  },
  'an application that ended and whose pod is gone has no log': {
    given: { args: ['pi', '-f'], world: { objects: [failed] } },
    want: {
      code: 1,
      err: 'error: no log: SparkApplication "pi" is FAILED and its driver pod pi-driver is gone (driver pod not found)\n',
    },
  },
  'an application that does not exist': {
    given: { args: ['pi'], world: {} },
    want: { code: 1, err: 'error: SparkApplication "pi" not found in namespace "default"\n' },
  },
  'a duration that is none': {
    given: { args: ['pi', '--since', 'yesterday'], world: {} },
    want: { code: 2, err: expect.stringContaining('Expected a duration such as 30s, 5m or 1h30m.') },
  },
  'an executor that is no number': {
    given: { args: ['pi', '-e', 'one'], world: {} },
    want: { code: 2, err: expect.stringContaining('Expected a whole number') },
  },
  'no name': {
    given: { args: [], world: {} },
    want: { code: 2, err: "error: missing required argument 'name'\n" },
  },
};

describe('sparkctl log', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect(await sparkctl(['log', ...given.args], given.world)).toMatchObject(want);
  });
});
