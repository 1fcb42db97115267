import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationStatus } from '../../api/sparkapplication-status.ts';
import { ago, idOf, NOW, seen, statusIn } from '../../test/controller-seen.ts';
import { startAttempt } from './attempts.ts';
import { conditionOf, setCondition } from './conditions.ts';
import { without } from './without.ts';
import { setClaimed, setFailed, setSubmitted, setTerminated } from './status.ts';

const context = seen({ metadata: { generation: 3 } });
const order = { attempt: 2, submissionId: idOf(2), submitTime: NOW };

describe('setCondition', () => {
  const moment = { now: NOW, generation: 3 };
  const before: SparkApplicationStatus = {
    conditions: [
      {
        type: 'DriverReady',
        status: 'False',
        reason: 'ImagePull',
        message: 'x',
        lastTransitionTime: ago(20),
        observedGeneration: 1,
      },
    ],
  };

  it('keeps the time of the transition while the word stays the same', () => {
    const after = setCondition(before, { type: 'DriverReady', status: 'False', reason: 'SecretNotFound' }, moment);
    expect(after.conditions).toEqual([
      {
        type: 'DriverReady',
        status: 'False',
        reason: 'SecretNotFound',
        message: '',
        lastTransitionTime: ago(20),
        observedGeneration: 3,
      },
    ]);
  });

  it('moves the time when the word changes', () => {
    const after = setCondition(before, { type: 'DriverReady', status: 'True', reason: 'Running' }, moment);
    expect(conditionOf(after, 'DriverReady')?.lastTransitionTime).toBe(ago(0));
  });

  it('changes nothing when it says the same again', () => {
    expect(
      setCondition(before, { type: 'DriverReady', status: 'False', reason: 'ImagePull', message: 'x' }, moment),
    ).toBe(before);
  });
});

describe('setClaimed', () => {
  const claimed = setClaimed(
    statusIn('PENDING_RERUN', { executorState: { old: 'FAILED' }, terminationTime: ago(9), nextAttemptTime: ago(1) }),
    order,
    context,
  );

  it('forgets the run before and keeps the counts and the history', () => {
    expect(claimed).not.toHaveProperty('executorState');
    expect(claimed).not.toHaveProperty('terminationTime');
    expect(claimed).not.toHaveProperty('nextAttemptTime');
    expect(claimed).toMatchObject({
      submissionAttempts: 2,
      executionAttempts: 1,
      driverInfo: { podName: 'pi-driver' },
    });
    expect(claimed.attempts?.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('says nothing of the run to come', () => {
    const words = claimed.conditions?.map(({ type, status }) => `${type} ${status}`);
    expect(words).toEqual(['DriverReady Unknown', 'ExecutorsReady Unknown', 'Submitted Unknown']);
  });
});

describe('setSubmitted', () => {
  it("counts the run and notes Spark's id", () => {
    const submitted = setSubmitted(setClaimed(statusIn('PENDING_RERUN'), order, context), 'spark-2', context);
    expect(submitted).toMatchObject({ executionAttempts: 2, sparkApplicationId: 'spark-2' });
    expect(submitted.attempts?.at(-1)).toMatchObject({ number: 2, sparkApplicationId: 'spark-2' });
    expect(conditionOf(submitted, 'Submitted')?.status).toBe('True');
  });
});

describe('the end of an attempt', () => {
  const failed = setFailed(
    statusIn('RUNNING'),
    {
      state: 'FAILING',
      reason: 'ApplicationError',
      errorMessage: 'exit 1',
      end: { exitCode: 1, message: 'last words', endTime: ago(5) },
    },
    context,
  );

  it('is written into its entry', () => {
    expect(failed.attempts).toEqual([
      expect.objectContaining({
        number: 1,
        state: 'FAILED',
        exitCode: 1,
        reason: 'ApplicationError',
        message: 'last words',
        endTime: ago(5),
      }),
    ]);
  });

  it('keeps reason and message when no attempt follows', () => {
    const over = setTerminated(failed, 'FAILED', context);
    expect(over.applicationState).toEqual({ state: 'FAILED', reason: 'ApplicationError', errorMessage: 'exit 1' });
    expect(over.terminationTime).toBe(ago(0));
    expect(conditionOf(over, 'Failed')).toMatchObject({
      status: 'True',
      reason: 'ApplicationError',
      message: 'exit 1',
    });
  });

  it('gets an entry when another operator had started the attempt', () => {
    const theirs = without(statusIn('RUNNING'), 'attempts');
    const { attempts } = setFailed(theirs, { state: 'FAILING', reason: 'NodeLost', errorMessage: 'gone' }, context);
    expect(attempts).toEqual([
      expect.objectContaining({ number: 1, submissionID: idOf(1), startTime: ago(60), state: 'FAILED' }),
    ]);
  });
});

describe('startAttempt', () => {
  it('keeps the first attempt and the last nine', () => {
    const numbers = Array.from({ length: 15 }, (_, i) => i + 1);
    const attempts = numbers.reduce<ReturnType<typeof startAttempt>>(
      (known, number) => startAttempt(known, { number, submissionID: `id-${number}`, startTime: ago(0) }),
      [],
    );
    expect(attempts.map(({ number }) => number)).toEqual([1, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it('does not add one twice', () => {
    const attempt = { number: 1, submissionID: 'id-1', startTime: ago(0) };
    expect(startAttempt([attempt], attempt)).toHaveLength(1);
  });
});
