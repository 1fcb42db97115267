import { describe, expect, it } from '@jest/globals';

import type { Microversion } from '../container-infra/magnum.ts';
import type { Login } from '../identity/session.ts';
import { type Ec2Answer, trustFinding } from './delegation-findings.ts';

const login = (restricted: boolean | undefined): Login => ({
  user: { id: 'u', name: 'ada', domainName: 'Default' },
  project: undefined,
  roles: [],
  methods: [],
  applicationCredential: restricted === undefined ? undefined : { id: 'a', restricted },
  issuedAt: new Date(0),
  expiresAt: new Date(0),
  catalog: [],
  clockSkewMs: 0,
});

const old: Microversion = { major: 1, minor: 12 };
const free: Microversion = { major: 1, minor: 13 };

interface Case {
  readonly given: {
    readonly restricted?: boolean;
    readonly max: Microversion | undefined;
    readonly ec2?: Ec2Answer;
  };
  readonly want: 'ok' | 'warning' | 'problem';
}

const refused: Ec2Answer = { kind: 'refused', said: 'no' };
const listed: Ec2Answer = { kind: 'listed', count: 0 };

const cases: Record<string, Case> = {
  'a password and trusts': { given: { max: old }, want: 'ok' },
  'a password and no trusts': { given: { max: free }, want: 'ok' },
  'a restricted credential and trusts': { given: { restricted: true, max: old }, want: 'problem' },
  'a restricted credential and child credentials': { given: { restricted: true, max: free }, want: 'problem' },
  'an unrestricted credential and trusts': { given: { restricted: false, max: old }, want: 'warning' },
  'the same with a Keystone that refuses keys': {
    given: { restricted: false, max: old, ec2: refused },
    want: 'problem',
  },
  'the same with a Keystone that lists keys': { given: { restricted: false, max: old, ec2: listed }, want: 'warning' },
  'an unrestricted credential and child credentials': { given: { restricted: false, max: free }, want: 'ok' },
  'the same, though keys are refused': { given: { restricted: false, max: free, ec2: refused }, want: 'ok' },
  'an unrestricted credential and an unknown Magnum': { given: { restricted: false, max: undefined }, want: 'warning' },
};

describe('trustFinding', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: { restricted, max, ec2 }, want }) =>
    expect(trustFinding(login(restricted), max, ec2).level).toBe(want),
  );
});
