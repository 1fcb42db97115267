import { describe, expect, it } from '@jest/globals';

import { requestedDifference } from './requested-difference.ts';

type Given = Parameters<typeof requestedDifference>;

const node = { name: 'node0', init: { pid: 1, startTime: '1', bootId: 'b' } };
const bare: Given[0] = { provider: 'bare', nodes: [node] };
const asked: Given[1] = { controlPlane: false, nodes: 1 };

const cases: Record<string, { given: Given; want: string | undefined }> = {
  'what is asked for is there': { given: [bare, asked], want: undefined },
  'more than what is asked for will do': { given: [{ ...bare, nodes: [node, node] }, asked], want: undefined },
  'a node is missing': { given: [bare, { ...asked, nodes: 2 }], want: 'has 1 of 2 nodes' },
  'nodes are there where none are asked for': {
    given: [bare, { ...asked, controlPlane: true }],
    want: 'has nodes, it is not only a control plane',
  },
  'no nodes are there': {
    given: [{ provider: 'control-plane', nodes: [] }, asked],
    want: 'has no nodes, it is only a control plane',
  },
  'a control plane need not have nodes': {
    given: [
      { provider: 'control-plane', nodes: [] },
      { controlPlane: true, nodes: 1 },
    ],
    want: undefined,
  },
  'the version is another': {
    given: [
      { ...bare, emulatedVersion: '1.32' },
      { ...asked, emulatedVersion: '1.31' },
    ],
    want: 'behaves as Kubernetes 1.32, not as 1.31',
  },
  'the version was not asked for': { given: [{ ...bare, emulatedVersion: '1.32' }, asked], want: undefined },
};

describe('requestedDifference', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(requestedDifference(...given)).toBe(want);
  });
});
