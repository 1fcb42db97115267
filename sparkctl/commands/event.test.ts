import { describe, expect, it } from '@jest/globals';

import { anApp } from '../../test/builders.ts';
import { sparkctl, type FakeWorld } from '../../test/fake-cli.ts';
import { anEvent } from '../../test/spark-pods.ts';

const running = anApp({ status: { applicationState: { state: 'RUNNING' } } });
const completed = anApp({ status: { applicationState: { state: 'COMPLETED' } } });
const submitted = anEvent('SparkApplicationSubmitted', 'Submitted', { time: '2026-01-01T00:01:00Z' });
const scheduling = anEvent('FailedScheduling', 'Insufficient\n cpu', {
  kind: 'Pod',
  name: 'pi-driver',
  uid: 'uid-of-pi-driver',
  type: 'Warning',
  count: 4,
  time: '2026-01-01T00:02:00Z',
});
const ofAnEarlierOne = anEvent('Stale', 'of a deleted application of the same name', { uid: 'other' });
const ended = anEvent('SparkApplicationCompleted', 'Completed', { time: '2026-01-01T00:10:04Z' });

interface Case {
  readonly given: { readonly args: string[]; readonly world: FakeWorld };
  readonly want: object;
}

const cases: Record<string, Case> = {
  'events of the application and its driver pod, oldest first': {
    given: { args: ['pi'], world: { objects: [running, scheduling, ofAnEarlierOne, submitted] } },
    want: {
      code: 0,
      out: [
        'LAST SEEN   TYPE      REASON                      OBJECT                MESSAGE',
        '9m          Normal    SparkApplicationSubmitted   sparkapplication/pi   Submitted',
        '8m          Warning   FailedScheduling            pod/pi-driver         Insufficient cpu (x4)',
        '',
      ].join('\n'),
    },
  },
  'none is said on standard error': {
    given: { args: ['pi'], world: { objects: [running] } },
    want: { code: 0, out: '', err: 'No events of "pi": the API server keeps them for an hour by default\n' },
  },
  'following prints new ones with their time, until a moment after the end': {
    given: {
      args: ['pi', '-f'],
      world: {
        objects: [running, scheduling, submitted],
        later: { 3: completed, 5: ended, 60: anEvent('Late', 'too late') },
      },
    },
    want: {
      code: 0,
      out: [
        '2026-01-01T00:01:00Z   Normal    SparkApplicationSubmitted   sparkapplication/pi   Submitted',
        '2026-01-01T00:02:00Z   Warning   FailedScheduling            pod/pi-driver         Insufficient cpu (x4)',
        '2026-01-01T00:10:04Z   Normal    SparkApplicationCompleted   sparkapplication/pi   Completed',
        '',
      ].join('\n'),
      seconds: 6,
    },
  },
  'following ends when the application is deleted': {
    given: { args: ['pi', '-f'], world: { objects: [running], later: { 1: { gone: 'pi' } } } },
    want: { code: 0 },
  },
  'Ctrl-C ends the following': {
    given: { args: ['pi', '-f'], world: { objects: [running], later: { 5: 'interrupt' } } },
    want: { code: 130 },
  },
  'an application that does not exist': {
    given: { args: ['nope', '-f'], world: {} },
    want: { code: 1, err: 'error: SparkApplication "nope" not found in namespace "default"\n' },
  },
  'a schedule has no events here': {
    given: { args: ['scheduledsparkapplication/nightly'], world: {} },
    want: { code: 2 },
  },
};

describe('sparkctl event', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect(await sparkctl(['event', ...given.args], given.world)).toMatchObject(want);
  });
});
