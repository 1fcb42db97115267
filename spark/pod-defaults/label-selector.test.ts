import { describe, expect, it } from '@jest/globals';
import type { LabelSelector } from '../../api/sparkpoddefaults.ts';
import { matchesLabels } from './label-selector.ts';

const labels = { team: 'physics', tier: 'prod' };

const cases: Record<string, { given: LabelSelector | undefined; want: boolean }> = {
  'no selector takes everything': { given: undefined, want: true },
  'an empty one, too': { given: {}, want: true },
  'a label with its value': { given: { matchLabels: { team: 'physics' } }, want: true },
  'a label with another value': { given: { matchLabels: { team: 'it', tier: 'prod' } }, want: false },
  'In with the value': {
    given: { matchExpressions: [{ key: 'team', operator: 'In', values: ['it', 'physics'] }] },
    want: true,
  },
  'In without the label': { given: { matchExpressions: [{ key: 'x', operator: 'In', values: ['y'] }] }, want: false },
  'NotIn without the label': {
    given: { matchExpressions: [{ key: 'x', operator: 'NotIn', values: ['y'] }] },
    want: true,
  },
  'NotIn with the value': {
    given: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['prod'] }] },
    want: false,
  },
  'Exists without the label': { given: { matchExpressions: [{ key: 'x', operator: 'Exists' }] }, want: false },
  'DoesNotExist with the label': {
    given: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
    want: false,
  },
  'all demands count': {
    given: { matchLabels: { team: 'physics' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
    want: false,
  },
  'an operator of the future takes nothing': {
    // As it might come over the wire.
    given: { matchExpressions: [{ key: 'team', operator: 'Gt' as 'In', values: ['1'] }] },
    want: false,
  },
};

describe('matchesLabels', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(matchesLabels(given, labels)).toBe(want);
  });
});
