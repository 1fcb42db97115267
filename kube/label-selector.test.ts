import { describe, expect, it } from '@jest/globals';
import type { LabelSelector } from '../api/sparkpoddefaults.ts';
import { LabelSelectorError, parseLabelSelector } from './label-selector.ts';

const readable: Record<string, { readonly given: string; readonly want: LabelSelector }> = {
  'nothing selects everything': { given: ' ', want: {} },
  'an equality': { given: 'team=a', want: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a'] }] } },
  'an equality with two signs and blanks': {
    given: ' team == a ',
    want: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a'] }] },
  },
  'an inequality': {
    given: 'team!=a',
    want: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['a'] }] },
  },
  'an empty value': { given: 'team=', want: { matchExpressions: [{ key: 'team', operator: 'In', values: [''] }] } },
  'a key with a prefix': {
    given: 'example.org/team=a_b.c',
    want: { matchExpressions: [{ key: 'example.org/team', operator: 'In', values: ['a_b.c'] }] },
  },
  'several kinds of requirements': {
    given: 'team=a,env in (x, y),zone notin (z),spark,!legacy',
    want: {
      matchExpressions: [
        { key: 'team', operator: 'In', values: ['a'] },
        { key: 'env', operator: 'In', values: ['x', 'y'] },
        { key: 'zone', operator: 'NotIn', values: ['z'] },
        { key: 'spark', operator: 'Exists' },
        { key: 'legacy', operator: 'DoesNotExist' },
      ],
    },
  },
};

describe('parseLabelSelector', () => {
  it.each(Object.entries(readable))('reads %s', (_name, { given, want }) => {
    expect(parseLabelSelector(given)).toEqual(want);
  });

  it.each(['team=a,', 'team=a b', 'in (a)', 'env in a,b', 'env in (a', '=a', 'team>1', `team=${'x'.repeat(64)}`])(
    'refuses "%s" and quotes it',
    (given) => {
      expect(() => parseLabelSelector(given)).toThrow(LabelSelectorError);
    },
  );
});
