import { describe, expect, it } from '@jest/globals';
import { anExecutorPod, ended } from '../../test/controller-seen.ts';
import { countExecutors, desiredExecutors, trackExecutors, type ExecutorStates } from './executors.ts';
import { anApp } from '../../test/builders.ts';

interface Case {
  readonly given: Parameters<typeof trackExecutors>;
  readonly want: ExecutorStates;
}

const MAX = 1000;

const cases: Record<string, Case> = {
  'the phase of the pod is the state': {
    given: [
      {},
      [
        anExecutorPod(1),
        anExecutorPod(2, { phase: 'Running' }),
        anExecutorPod(3, { phase: 'Succeeded' }),
        anExecutorPod(4, { phase: 'Failed' }),
        anExecutorPod(5, { phase: 'Unknown' }),
      ],
      'active',
      MAX,
    ],
    want: {
      'pi-exec-1': 'PENDING',
      'pi-exec-2': 'RUNNING',
      'pi-exec-3': 'COMPLETED',
      'pi-exec-4': 'FAILED',
      'pi-exec-5': 'UNKNOWN',
    },
  },
  'a container that ended counts although a sidecar runs': {
    given: [{}, [anExecutorPod(1, { phase: 'Running', container: ended(1) })], 'active', MAX],
    want: { 'pi-exec-1': 'FAILED' },
  },
  'an executor that was deleted and stopped as asked has completed; one that was killed otherwise has failed': {
    given: [
      {},
      [
        anExecutorPod(1, { phase: 'Failed', deleting: true, container: ended(143) }),
        anExecutorPod(2, { phase: 'Failed', container: ended(143) }),
        anExecutorPod(3, { phase: 'Failed', deleting: true, container: ended(137) }),
      ],
      'active',
      MAX,
    ],
    want: { 'pi-exec-1': 'COMPLETED', 'pi-exec-2': 'FAILED', 'pi-exec-3': 'FAILED' },
  },
  'an executor that is gone while the driver runs is of unknown fate': {
    given: [{ 'pi-exec-1': 'RUNNING' }, [], 'active', MAX],
    want: { 'pi-exec-1': 'UNKNOWN' },
  },
  'an executor that had ended stays as it was': {
    given: [{ 'pi-exec-1': 'FAILED', 'pi-exec-2': 'COMPLETED' }, [], 'active', MAX],
    want: { 'pi-exec-1': 'FAILED', 'pi-exec-2': 'COMPLETED' },
  },
  'executors that Spark removed at its end have completed': {
    given: [{ 'pi-exec-1': 'RUNNING', 'pi-exec-2': 'UNKNOWN', 'pi-exec-3': 'FAILED' }, [], 'succeeded', MAX],
    want: { 'pi-exec-1': 'COMPLETED', 'pi-exec-2': 'COMPLETED', 'pi-exec-3': 'FAILED' },
  },
  'executors that are still there when the driver succeeded have completed': {
    given: [{}, [anExecutorPod(1, { phase: 'Running' })], 'succeeded', MAX],
    want: { 'pi-exec-1': 'COMPLETED' },
  },
  'executors of a driver that failed have failed': {
    given: [{ 'pi-exec-1': 'RUNNING', 'pi-exec-2': 'COMPLETED' }, [], 'failed', MAX],
    want: { 'pi-exec-1': 'FAILED', 'pi-exec-2': 'COMPLETED' },
  },
  'those that are gone give way to those that are there': {
    given: [{ 'pi-exec-1': 'COMPLETED', 'pi-exec-2': 'COMPLETED' }, [anExecutorPod(3), anExecutorPod(4)], 'active', 3],
    want: { 'pi-exec-1': 'COMPLETED', 'pi-exec-3': 'PENDING', 'pi-exec-4': 'PENDING' },
  },
};

describe('trackExecutors', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(trackExecutors(...given)).toEqual(want);
  });
});

describe('countExecutors', () => {
  it('counts by state and leaves unknown fates out', () => {
    const states = { a: 'PENDING', b: 'RUNNING', c: 'RUNNING', d: 'COMPLETED', e: 'FAILED', f: 'UNKNOWN' } as const;
    expect(countExecutors(states, 6)).toEqual({ desired: 6, pending: 1, running: 2, succeeded: 1, failed: 1 });
  });
});

describe('desiredExecutors', () => {
  const specs = {
    'the number of instances': { given: { executor: { instances: 4 } }, want: 4 },
    'the property where the field is unset': {
      given: { executor: {}, sparkConf: { 'spark.executor.instances': '3' } },
      want: 3,
    },
    'one without either': { given: { executor: {} }, want: 1 },
    'the initial number with dynamic allocation': {
      given: { executor: {}, dynamicAllocation: { enabled: true, initialExecutors: 2, minExecutors: 1 } },
      want: 2,
    },
    'none with dynamic allocation that says nothing': {
      given: { executor: {}, dynamicAllocation: { enabled: true } },
      want: 0,
    },
  };
  it.each(Object.entries(specs))('is %s', (_name, { given, want }) => {
    expect(desiredExecutors(anApp({ spec: given }).spec)).toBe(want);
  });
});
