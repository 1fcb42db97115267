import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { ago, idOf, statusIn } from '../../test/controller-seen.ts';
import { announcementsOf } from './announcements.ts';

interface Case {
  readonly given: readonly [SparkApplicationStatus, SparkApplicationStatus];
  readonly want: readonly string[];
}

const submitted = (status: 'True' | 'False' | 'Unknown', reason: string) => ({
  type: 'Submitted',
  status,
  reason,
  message: 'm',
  lastTransitionTime: ago(0),
});
const running = { desired: 2, pending: 0, running: 2, succeeded: 0, failed: 0 };
const ran = (state: 'COMPLETED' | 'FAILED') => [
  {
    number: 1,
    submissionID: idOf(1),
    startTime: ago(60),
    endTime: ago(1),
    state,
    ...(state === 'FAILED' ? { reason: 'ApplicationError' as const } : {}),
  },
];

const cases: Record<string, Case> = {
  'nothing new is not told': { given: [statusIn('RUNNING'), statusIn('RUNNING')], want: [] },
  'a claim is not told': {
    given: [{}, statusIn('SUBMITTED', { conditions: [submitted('Unknown', 'Submitting')] })],
    want: [],
  },
  'fields without effect are told as a warning': {
    given: [
      {},
      statusIn('SUBMITTED', {
        conditions: [{ ...submitted('False', 'FieldsWithoutEffect'), type: 'FullyApplied' }],
      }),
    ],
    want: ['SparkApplicationFieldsWithoutEffect'],
  },
  'a submission is told once': {
    given: [
      statusIn('SUBMITTED', { conditions: [submitted('Unknown', 'Submitting')] }),
      statusIn('SUBMITTED', { conditions: [submitted('True', 'Native')] }),
    ],
    want: ['SparkApplicationSubmitted'],
  },
  'a driver that runs, with its executors': {
    given: [statusIn('SUBMITTED'), statusIn('RUNNING', { executors: running })],
    want: ['SparkDriverRunning', 'SparkExecutorRunning'],
  },
  'more executors are not told': {
    given: [
      statusIn('RUNNING', { executors: { ...running, running: 1 } }),
      statusIn('RUNNING', { executors: running }),
    ],
    want: [],
  },
  'executors that failed are told together': {
    given: [
      statusIn('RUNNING', { executors: running }),
      statusIn('RUNNING', { executors: { ...running, running: 0, failed: 2 } }),
    ],
    want: ['SparkExecutorFailed'],
  },
  'a completion': {
    given: [
      statusIn('RUNNING', { executors: running }),
      statusIn('COMPLETED', { attempts: ran('COMPLETED'), executors: { ...running, running: 0, succeeded: 2 } }),
    ],
    want: ['SparkDriverCompleted', 'SparkApplicationCompleted'],
  },
  'a failure for good': {
    given: [statusIn('RUNNING'), statusIn('FAILED', { attempts: ran('FAILED') })],
    want: ['SparkDriverFailed', 'SparkApplicationFailed'],
  },
  'a failure before the next attempt': {
    given: [statusIn('RUNNING'), statusIn('FAILING', { attempts: ran('FAILED'), nextAttemptTime: ago(-5) })],
    want: ['SparkDriverFailed'],
  },
  'a submission that was refused': {
    given: [{}, statusIn('FAILED', { attempts: ran('FAILED'), conditions: [submitted('False', 'InvalidSpec')] })],
    want: ['SparkApplicationFailed'],
  },
  'a name that is taken': {
    given: [
      statusIn('SUBMITTED', { conditions: [submitted('Unknown', 'Submitting')] }),
      statusIn('SUBMITTED', { conditions: [submitted('False', 'DriverPodConflict')] }),
    ],
    want: ['SparkApplicationSubmissionFailed'],
  },
  'a UI Service that was refused': {
    given: [
      statusIn('SUBMITTED'),
      statusIn('SUBMITTED', {
        conditions: [submitted('True', 'Native'), { ...submitted('False', 'Refused'), type: 'UIServiceReady' }],
      }),
    ],
    want: ['SparkUIServiceFailed'],
  },
  'a resumption': {
    given: [statusIn('SUSPENDED'), statusIn('SUBMITTED')],
    want: ['SparkApplicationResuming'],
  },
};

describe('announcementsOf', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: [before, after], want }) => {
    expect(announcementsOf('pi', before, after).map(({ reason }) => reason)).toEqual(want);
  });

  it('says what failed and when the next attempt comes', () => {
    const [failure] = announcementsOf(
      'pi',
      statusIn('RUNNING'),
      statusIn('FAILING', { attempts: ran('FAILED'), nextAttemptTime: ago(-5) }),
    );
    expect(failure).toMatchObject({ type: 'Warning', message: expect.stringContaining(`ApplicationError`) });
    expect(failure?.message).toContain(ago(-5));
  });
});
