import { describe, expect, it } from '@jest/globals';

import type { Login } from '../identity/session.ts';
import { exitCodeOf } from './finding.ts';
import { loginFindings } from './login-findings.ts';

const now = new Date('2026-01-01T00:00:00Z');
const login: Login = {
  user: { id: 'u', name: 'ada', domainName: 'Default' },
  project: { id: 'p', name: 'demo', domainName: 'Default' },
  roles: ['reader', 'member'],
  methods: ['password'],
  applicationCredential: undefined,
  issuedAt: now,
  expiresAt: new Date('2026-01-01T01:00:00Z'),
  catalog: [],
  clockSkewMs: 0,
};

const minutes = (count: number): number => count * 60_000;

interface Case {
  readonly given: Partial<Login>;
  /** `check level` of what is not well. */
  readonly want: readonly string[];
}

const cases: Record<string, Case> = {
  'all is well': { given: {}, want: [] },
  'no project': { given: { project: undefined }, want: ['project problem'] },
  'no role to create with': { given: { roles: ['reader'] }, want: ['roles warning'] },
  'a token about to end': { given: { expiresAt: new Date('2026-01-01T00:05:00Z') }, want: ['login warning'] },
  'a token that lasts by the clock that counts': {
    given: { expiresAt: new Date('2026-01-01T00:05:00Z'), clockSkewMs: -minutes(6) },
    want: ['clock warning'],
  },
  'a clock a little off': { given: { clockSkewMs: minutes(2) }, want: ['clock warning'] },
  'a clock that S3 refuses': { given: { clockSkewMs: -minutes(20) }, want: ['clock problem'] },
};

describe('loginFindings', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const findings = loginFindings({ ...login, ...given }, now);
    expect(findings.filter(({ level }) => level !== 'ok').map(({ check, level }) => `${check} ${level}`)).toEqual(want);
  });

  it('tells which way the clock is off', () => {
    const said = (clockSkewMs: number) => loginFindings({ ...login, clockSkewMs }, now).at(-1)?.said;
    expect(said(minutes(2))).toBe("is 2m behind Keystone's");
    expect(said(-minutes(2))).toBe("is 2m ahead of Keystone's");
  });

  it('ends with the exit code of the first problem, and with 0 for warnings', () => {
    const code = (given: Partial<Login>): number => exitCodeOf(loginFindings({ ...login, ...given }, now));
    expect(code({ roles: [] })).toBe(0);
    expect(code({ clockSkewMs: minutes(20) })).toBe(1);
    expect(code({ project: undefined, clockSkewMs: minutes(20) })).toBe(2);
  });
});
