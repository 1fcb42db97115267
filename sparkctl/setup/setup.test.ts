import { describe, expect, it } from '@jest/globals';

import { parseLabelSelector } from '../../kube/label-selector.ts';
import { scopeOf, type Scope } from '../operator/scope.ts';
import { admissionOf, type Admission } from './labels-for-scope.ts';
import { quantities, quota } from './quantities.ts';

describe('scopeOf', () => {
  const text = 'team in (a,b),!test';
  const cases: Record<string, { given: readonly string[]; want: Scope }> = {
    'no names are all namespaces': { given: ['--namespaces='], want: { kind: 'all' } },
    'names are a list': { given: ['--namespaces=a,b'], want: { kind: 'listed', namespaces: ['a', 'b'] } },
    'a selector counts before names': {
      given: ['--namespaces=', `--namespace-selector=${text}`],
      want: { kind: 'selected', text, selector: parseLabelSelector(text) },
    },
    'an empty selector is none': { given: ['--namespaces=', '--namespace-selector='], want: { kind: 'all' } },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(scopeOf(['controller', 'start', ...given])).toEqual(want);
  });
});

describe('admissionOf', () => {
  const selected = (text: string): Scope => ({ kind: 'selected', text, selector: parseLabelSelector(text) });
  interface Case {
    readonly given: readonly [scope: Scope, labels?: Readonly<Record<string, string>>];
    readonly want: Admission;
  }
  const cases: Record<string, Case> = {
    'all namespaces are seen': { given: [{ kind: 'all' }], want: { kind: 'seen' } },
    'a listed one is seen': { given: [{ kind: 'listed', namespaces: ['team-a'] }], want: { kind: 'seen' } },
    'another one is added to the list': {
      given: [{ kind: 'listed', namespaces: ['default'] }],
      want: { kind: 'listed', namespaces: ['default', 'team-a'] },
    },
    'labels that match are left': { given: [selected('spark=yes'), { spark: 'yes' }], want: { kind: 'seen' } },
    'only what is missing is added': {
      given: [selected('spark=yes,zone in (x,y),owned'), { spark: 'yes' }],
      want: { kind: 'labels', labels: { zone: 'x', owned: 'true' } },
    },
    'a label that must not be there is told': {
      given: [selected('spark=yes,!test'), { test: '1' }],
      want: { kind: 'refused', key: 'test' },
    },
    'so is one with a refused value': {
      given: [selected('stage!=dev'), { stage: 'dev' }],
      want: { kind: 'refused', key: 'stage' },
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given: [scope, labels = {}], want }) => {
    expect(admissionOf(scope, 'team-a', labels)).toEqual(want);
  });
});

describe('quota', () => {
  it('counts cpu and memory as requests, and leaves other names', () => {
    expect(quota('cpu=20,memory=64Gi,pods=50,limits.memory=70Gi')).toEqual({
      'requests.cpu': '20',
      'requests.memory': '64Gi',
      pods: '50',
      'limits.memory': '70Gi',
    });
  });

  it.each(['cpu', 'cpu=', 'cpu=many', 'cpu=1,,pods=2', '=1'])('refuses %j', (text) => {
    expect(() => quota(text)).toThrow(/Expected amounts|no amount of/);
  });

  it('leaves the names of a LimitRange', () => {
    expect(quantities('cpu=100m')).toEqual({ cpu: '100m' });
  });
});
