import { describe, expect, it } from '@jest/globals';

import type { Microversion } from '../container-infra/magnum.ts';
import type { Login } from '../identity/session.ts';
import { trustFinding } from './delegation-findings.ts';

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

describe('trustFinding', () => {
  it.each<[string, boolean | undefined, Microversion | undefined, string]>([
    ['a password and trusts', undefined, old, 'ok'],
    ['a password and no trusts', undefined, free, 'ok'],
    ['a restricted credential and trusts', true, old, 'problem'],
    ['a restricted credential and child credentials', true, free, 'problem'],
    ['an unrestricted credential and trusts', false, old, 'warning'],
    ['an unrestricted credential and child credentials', false, free, 'ok'],
    ['an unrestricted credential and an unknown Magnum', false, undefined, 'warning'],
  ])('%s', (_name, restricted, max, want) => expect(trustFinding(login(restricted), max).level).toBe(want));
});
