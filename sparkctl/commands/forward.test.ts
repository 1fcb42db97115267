import { describe, expect, it } from '@jest/globals';

import { anApp } from '../../test/builders.ts';
import { sparkctl, type FakeWorld } from '../../test/fake-cli.ts';
import { aDriverPod } from '../../test/spark-pods.ts';

const running = anApp({ status: { applicationState: { state: 'RUNNING' } } });
const withPort = anApp({
  spec: { sparkConf: { 'spark.ui.port': '4055' } },
  status: { applicationState: { state: 'RUNNING' } },
});
const withoutUi = anApp({
  spec: { sparkConf: { 'spark.ui.enabled': 'false' } },
  status: { applicationState: { state: 'RUNNING' } },
});
const completed = anApp({ status: { applicationState: { state: 'COMPLETED' } } });
const ended = aDriverPod({ phase: 'Succeeded', state: { terminated: { exitCode: 0 } } });

interface Case {
  readonly given: { readonly args: string[]; readonly world: FakeWorld };
  readonly want: object;
}

const cases: Record<string, Case> = {
  'until the driver ends': {
    given: { args: ['pi'], world: { objects: [running, aDriverPod()], later: { 7: ended } } },
    want: {
      code: 0,
      out: 'Spark UI of "pi": http://localhost:4040 (Ctrl-C to stop)\n',
      err: 'The driver has ended\n',
      forwarded: [{ local: 4040, remote: 4040 }],
      seconds: 8,
    },
  },
  'Ctrl-C is the usual end': {
    given: { args: ['pi'], world: { objects: [running, aDriverPod()], later: { 3: 'interrupt' } } },
    want: { code: 0, err: '' },
  },
  'any free local port': {
    given: { args: ['pi', '-l', '0'], world: { objects: [running, aDriverPod()], later: { 1: ended } } },
    want: { code: 0, out: expect.stringContaining('http://localhost:50000'), forwarded: [{ local: 0, remote: 4040 }] },
  },
  'the port of the UI comes from spark.ui.port': {
    given: { args: ['pi', '-l', '8080'], world: { objects: [withPort, aDriverPod()], later: { 1: ended } } },
    want: { forwarded: [{ local: 8080, remote: 4055 }] },
  },
  'a remote port of choice': {
    given: { args: ['pi', '-r', '8090'], world: { objects: [withPort, aDriverPod()], later: { 1: ended } } },
    want: { out: expect.stringContaining('Port 8090 of "pi"'), forwarded: [{ local: 4040, remote: 8090 }] },
  },
  'waits for the driver': {
    given: { args: ['pi'], world: { objects: [running], later: { 4: aDriverPod(), 9: ended } } },
    want: {
      code: 0,
      err: expect.stringContaining('Waiting for the driver of "pi": the application is RUNNING and its driver pod'),
    },
  },
  'waits until the UI answers': {
    given: { args: ['pi'], world: { objects: [running, aDriverPod()], uiAnswersAfter: 5, later: { 9: ended } } },
    want: {
      code: 0,
      out: 'Spark UI of "pi": http://localhost:4040 (Ctrl-C to stop)\n',
      err: 'Waiting for the Spark UI of "pi": it does not answer yet\nThe driver has ended\n',
    },
  },
  'a driver that ends before its UI answers': {
    given: { args: ['pi'], world: { objects: [running, aDriverPod()], uiAnswersAfter: 5, later: { 2: ended } } },
    want: { code: 1, out: '', err: expect.stringContaining('ended before its Spark UI answered') },
  },
  'gives up waiting': {
    given: { args: ['pi', '--timeout', '3'], world: { objects: [running] } },
    want: { code: 4, seconds: 3 },
  },
  'a UI that is off': {
    given: { args: ['pi'], world: { objects: [withoutUi, aDriverPod()] } },
    want: { code: 1, err: 'error: the Spark UI of "pi" is off: spec.sparkConf[spark.ui.enabled] is "false"\n' },
  },
  'an application that has ended': {
    given: { args: ['pi'], world: { objects: [completed, ended] } },
    want: {
      code: 1,
      err: 'error: SparkApplication "pi" is COMPLETED: its driver, and the Spark UI with it, has ended\n',
    },
  },
  'a local port that is taken': {
    given: { args: ['pi'], world: { objects: [running, aDriverPod()], takenPorts: [4040] } },
    want: {
      code: 1,
      err: 'error: port 4040 of this machine is taken: choose another with --local-port, or 0 for any free one\n',
    },
  },
  'a port that is none': {
    given: { args: ['pi', '-l', '70000'], world: {} },
    want: { code: 2 },
  },
};

describe('sparkctl forward', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect(await sparkctl(['forward', ...given.args], given.world)).toMatchObject(want);
  });
});
