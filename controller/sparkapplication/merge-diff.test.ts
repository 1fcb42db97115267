import { describe, expect, it } from '@jest/globals';

import { mergeDiff } from './merge-diff.ts';

interface Case {
  readonly given: [Parameters<typeof mergeDiff>[0], Parameters<typeof mergeDiff>[1]];
  readonly want: unknown;
}

const cases: Record<string, Case> = {
  'equal objects need no patch': {
    given: [
      { a: 1, b: { c: [1, { d: 2 }] } },
      { a: 1, b: { c: [1, { d: 2 }] } },
    ],
    want: undefined,
  },
  'the order of members does not matter': {
    given: [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    want: undefined,
  },
  'a new member is sent': { given: [{ a: 1 }, { a: 1, b: 'x' }], want: { b: 'x' } },
  'a changed member is sent': {
    given: [
      { a: 1, b: 'x' },
      { a: 2, b: 'x' },
    ],
    want: { a: 2 },
  },
  'a member that went is null': { given: [{ a: 1, b: 'x' }, { a: 1 }], want: { b: null } },
  'an undefined member counts as gone': { given: [{ a: 1 }, { a: undefined }], want: { a: null } },
  'a null member equals an absent one': { given: [{ a: null }, {}], want: undefined },
  'only the changed entry of a map is sent': {
    given: [
      { executors: { one: 'RUNNING', two: 'RUNNING', three: 'PENDING' } },
      { executors: { one: 'RUNNING', two: 'FAILED' } },
    ],
    want: { executors: { two: 'FAILED', three: null } },
  },
  'a list that differs is sent whole': { given: [{ a: [1, 2] }, { a: [1, 2, 3] }], want: { a: [1, 2, 3] } },
  'a list of objects that differ inside is sent whole': {
    given: [{ a: [{ x: 1 }, { y: 1 }] }, { a: [{ x: 1 }, { y: 2 }] }],
    want: { a: [{ x: 1 }, { y: 2 }] },
  },
  'an object in the place of a string is sent': { given: [{ a: 'x' }, { a: { b: 1 } }], want: { a: { b: 1 } } },
};

describe('mergeDiff', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: [before, after], want }) => {
    expect(mergeDiff(before, after)).toEqual(want);
  });
});
