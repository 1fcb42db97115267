import { describe, expect, it } from '@jest/globals';

import { nearest } from './nearest.ts';

describe('nearest', () => {
  const cases: Record<string, { given: [string, string[]]; want: string[] }> = {
    'a slip of the finger': { given: ['demp', ['demo', 'prod']], want: ['demo'] },
    'a letter too many and one too few': { given: ['m1.smal', ['m1.small', 'm1.large']], want: ['m1.small'] },
    'upper and lower case are the same': { given: ['DEMO', ['demo']], want: ['demo'] },
    'a part of longer names': {
      given: ['k8s', ['k8s-1.34-ha', 'k8s-1.33', 'swarm']],
      want: ['k8s-1.33', 'k8s-1.34-ha'],
    },
    'the best come first, three at most': {
      given: ['spark-1', ['spark-10', 'spark-1x', 'spark-2', 'spark-123', 'sparky']],
      want: ['spark-10', 'spark-123', 'spark-1x'],
    },
    'each name once': { given: ['demp', ['demo', 'demo']], want: ['demo'] },
    'nothing resembles it': { given: ['production', ['demo', 'x']], want: [] },
    'one letter is a part of nothing': { given: ['x', ['xavier', 'y']], want: ['y'] },
    'nothing is known': { given: ['demo', []], want: [] },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(nearest(...given)).toEqual(want);
  });
});
