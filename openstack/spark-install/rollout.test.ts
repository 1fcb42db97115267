import { describe, expect, it } from '@jest/globals';

import type { Pod } from '../../api/kubernetes.ts';
import { rolloutOf, troubleOf, type SeenDeployment } from './rollout.ts';

const deployment = (status: object | undefined, replicas = 2): SeenDeployment => ({
  metadata: { name: 'd', generation: 4 },
  spec: { replicas },
  ...(status === undefined ? {} : { status }),
});

const seen = { observedGeneration: 4, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

const rollouts: Record<string, { given: SeenDeployment; want: { ready: number; done: boolean } }> = {
  'done when all newest pods answer': { given: deployment(seen), want: { ready: 2, done: true } },
  'not done before the controller has looked': {
    given: deployment({ ...seen, observedGeneration: 3 }),
    want: { ready: 2, done: false },
  },
  'not done without a status': { given: deployment(undefined), want: { ready: 0, done: false } },
  'not done while an old pod is left': { given: deployment({ ...seen, replicas: 3 }), want: { ready: 2, done: false } },
  'not done while old pods answer in place of new ones': {
    given: deployment({ ...seen, updatedReplicas: 1 }),
    want: { ready: 1, done: false },
  },
  'done with no replicas wanted': {
    given: deployment({ observedGeneration: 4 }, 0),
    want: { ready: 0, done: true },
  },
};

describe('rolloutOf', () => {
  it.each(Object.entries(rollouts))('%s', (_name, { given, want }) => {
    expect(rolloutOf(given)).toMatchObject({ name: 'd', ...want });
  });
});

const pod = (status: NonNullable<Pod['status']>): Pod => ({ metadata: { name: 'p' }, status });
const waiting = (reason: string, message = ''): Pod =>
  pod({
    containerStatuses: [
      { name: 'c', image: '', imageID: '', ready: false, restartCount: 0, state: { waiting: { reason, message } } },
    ],
  });

const troubles: Record<string, { given: Pod; want: string | undefined }> = {
  'an image that cannot be pulled': {
    given: waiting('ImagePullBackOff', 'Back-off pulling image "x"'),
    want: 'pod p: ImagePullBackOff: Back-off pulling image "x"',
  },
  'a crash': { given: waiting('CrashLoopBackOff'), want: 'pod p: CrashLoopBackOff' },
  'no trouble: it is being made': { given: waiting('ContainerCreating'), want: undefined },
  'no room': {
    given: pod({
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes' }],
    }),
    want: 'pod p: Unschedulable: 0/1 nodes',
  },
  'no trouble: it has no status yet': { given: { metadata: { name: 'p' } }, want: undefined },
};

describe('troubleOf', () => {
  it.each(Object.entries(troubles))('%s', (_name, { given, want }) => {
    expect(troubleOf(given)).toBe(want);
  });
});
