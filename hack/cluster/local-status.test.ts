import { describe, expect, it } from '@jest/globals';

import { emptyRecord, type ClusterRecord } from './cluster-record.ts';
import { brokenParts } from './local-status.ts';

const identity = { pid: 42, startTime: '1', bootId: 'b' };
const whole: ClusterRecord = {
  ...emptyRecord('c', 'bare'),
  complete: true,
  daemons: [{ name: 'node0/kubelet', logFile: '/log', identity }],
};

describe('brokenParts', () => {
  it('finds nothing wrong with a complete cluster whose programs run', () => {
    expect(brokenParts(whole, () => true)).toEqual([]);
  });

  it('names the program that has ended and its log', () => {
    expect(brokenParts(whole, () => false)).toEqual(['node0/kubelet is not running (log: /log)']);
  });

  it('tells a cluster whose making was interrupted', () => {
    expect(brokenParts({ ...whole, complete: false }, () => true)).toEqual(['It was not completed']);
  });
});
