import { describe, expect, it } from '@jest/globals';
import type { PodDefaultsStatus, SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { describeDecisions } from '../../test/decision-cases.ts';
import { ago, aDriverPod, ended, prepared, seen, statusIn } from '../../test/controller-seen.ts';
import { decide } from './decide.ts';
import { stateOf } from './rows/next.ts';
import type { Prepare } from './seen.ts';

const given: readonly PodDefaultsStatus[] = [{ name: 'site/s3', generation: 2, applied: 3 }];

const withDefaults: Prepare = (order) => ({ ...prepared(order), podDefaults: given }) as ReturnType<Prepare>;

/** Claimed, but no driver pod yet. */
const claimed = (status: SparkApplicationStatus): SparkApplicationStatus =>
  statusIn('SUBMITTED', {
    executionAttempts: 0,
    conditions: [
      { type: 'Submitted', status: 'Unknown', reason: 'Submitting', message: '', lastTransitionTime: ago(60) },
    ],
    ...status,
  });

describeDecisions('decisions that depend on the site', {
  '': {
    'the defaults of an attempt are part of its claim': {
      given: { prepare: withDefaults },
      want: { state: 'SUBMITTED', status: { podDefaults: given } },
    },
    'a namespace that is served no more gets no attempt': {
      given: { mayStart: false },
      want: { state: '', effects: [] },
    },
  },
  SUBMITTED: {
    'a claim goes on with the objects that it has while the defaults are the same': {
      given: { status: claimed({ podDefaults: given }), prepare: withDefaults },
      want: { state: 'SUBMITTED', effects: ['createAttempt', 'createUiService'], status: { podDefaults: given } },
    },
    'a claim that was made with other defaults makes its objects anew, and says so': {
      given: {
        status: claimed({ podDefaults: [{ name: 'site/s3', generation: 1, applied: 3 }] }),
        prepare: withDefaults,
      },
      want: {
        state: 'SUBMITTED',
        effects: ['deleteAttemptObjects', 'createAttempt', 'createUiService'],
        isVerdict: true,
        status: { podDefaults: given },
      },
    },
    'a claim in a namespace that is served no more is not carried out': {
      given: { status: claimed({}), mayStart: false },
      want: { state: 'SUBMITTED', effects: [] },
    },
  },
  RUNNING: {
    'a change of defaults leaves a run alone': {
      given: {
        status: statusIn('RUNNING', { podDefaults: [{ name: 'site/s3', generation: 1, applied: 3 }] }),
        prepare: withDefaults,
        pod: aDriverPod({ phase: 'Running', container: { kind: 'running', startedAt: ago(30) } }),
      },
      want: {
        state: 'RUNNING',
        effects: [],
        status: { podDefaults: [{ name: 'site/s3', generation: 1, applied: 3 }] },
      },
    },
    'a run in a namespace that is served no more is followed to its end': {
      given: {
        status: statusIn('RUNNING'),
        mayStart: false,
        pod: aDriverPod({ phase: 'Succeeded', container: ended(0) }),
      },
      want: { state: 'COMPLETED' },
    },
  },
  PENDING_RERUN: {
    'the next attempt waits while the namespace is not served, and nothing is deleted meanwhile': {
      given: { status: statusIn('PENDING_RERUN'), mayStart: false },
      want: { state: 'PENDING_RERUN', effects: [] },
    },
  },
});

describe('a claim', () => {
  it('forgets the defaults of the attempt before', () => {
    const { status } = decide(seen({ status: statusIn('PENDING_RERUN', { podDefaults: given }) }));
    expect(stateOf(status)).toBe('SUBMITTED');
    expect(status).not.toHaveProperty('podDefaults');
  });
});
