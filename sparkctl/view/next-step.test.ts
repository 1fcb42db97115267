import { describe, expect, it } from '@jest/globals';

import { applicationStates, type ApplicationState } from '../../api/states.ts';
import type { SparkApplicationSpec, SparkApplicationStatus } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { nextStep } from './next-step.ts';

const now = new Date('2026-01-01T00:10:00Z');

const inState = (
  state: ApplicationState,
  spec: Partial<SparkApplicationSpec> = {},
  status: SparkApplicationStatus = {},
): string => nextStep(anApp({ spec, status: { applicationState: { state }, ...status } }), now);

describe('nextStep', () => {
  const cases: Record<string, { given: string; want: string }> = {
    'a back-off is told with its end': {
      given: inState('FAILING', {}, { nextAttemptTime: '2026-01-01T00:10:30Z' }),
      want: 'next attempt in 30s (2026-01-01T00:10:30Z)',
    },
    'a back-off that is over': {
      given: inState('SUBMISSION_FAILED', {}, { nextAttemptTime: '2026-01-01T00:09:30Z' }),
      want: 'next attempt in a moment',
    },
    'a time to live': {
      given: inState('COMPLETED', { timeToLiveSeconds: 120 }, { terminationTime: '2026-01-01T00:09:00Z' }),
      want: 'will be deleted in 1m (timeToLiveSeconds: 120)',
    },
    'a time to live that is over': {
      given: inState('FAILED', { timeToLiveSeconds: 0 }, { terminationTime: '2026-01-01T00:09:00Z' }),
      want: 'will be deleted in a moment',
    },
    'a policy that runs it for ever': {
      given: inState('SUCCEEDING', { restartPolicy: { type: 'Always' } }),
      want: 'will be run again (restartPolicy Always)',
    },
    'a new application that waits for its user': {
      given: inState('', { suspend: true }),
      want: 'nothing until spec.suspend is false',
    },
    'a limit for the start': {
      given: inState('SUBMITTED', { timeouts: { driverStartSeconds: 90 } }),
      want: 'RUNNING as soon as the driver pod runs; FAILED if it does not within 1m30s',
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(given).toBe(want);
  });

  it('has a sentence for every state, and one for a state of the future', () => {
    const sentences = applicationStates.map((state) => inState(state));
    expect(sentences.filter((sentence) => sentence.includes('not known') || sentence === '')).toEqual([]);
    const future = JSON.parse(
      JSON.stringify(anApp({ status: { applicationState: { state: '' } } })).replace(
        '"state":""',
        '"state":"TELEPORTING"',
      ),
    ) as ReturnType<typeof anApp>;
    expect(nextStep(future, now)).toBe('not known to this version of sparkctl');
  });
});
