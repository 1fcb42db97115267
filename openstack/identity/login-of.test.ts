import { describe, expect, it } from '@jest/globals';

import { loginOf } from './login-of.ts';
import { isDue } from './renewal.ts';

const token = {
  methods: ['password'],
  user: { id: 'u1', name: 'ada', domain: { id: 'default', name: 'Default' } },
  project: { id: 'p1', name: 'lab', domain: { id: 'default', name: 'Default' } },
  roles: [{ id: 'r1', name: 'member' }],
  issued_at: '2026-01-01T00:00:00.000000Z',
  expires_at: '2026-01-01T01:00:00.000000Z',
  catalog: [
    {
      type: 'identity',
      name: 'keystone',
      endpoints: [{ url: 'http://k/v3', region: 'R', region_id: 'R', interface: 'public' }],
    },
  ],
};

describe('loginOf', () => {
  it('reads what Keystone says of a token', () => {
    expect(loginOf({ token }, () => 250)).toEqual({
      user: { id: 'u1', name: 'ada', domainName: 'Default' },
      project: { id: 'p1', name: 'lab', domainName: 'Default' },
      roles: ['member'],
      methods: ['password'],
      applicationCredential: undefined,
      issuedAt: new Date('2026-01-01T00:00:00Z'),
      expiresAt: new Date('2026-01-01T01:00:00Z'),
      catalog: [
        { type: 'identity', name: 'keystone', endpoints: [{ url: 'http://k/v3', region: 'R', interface: 'public' }] },
      ],
      clockSkewMs: 250,
    });
  });

  it('takes an application credential for restricted unless Keystone says otherwise', () => {
    const restrictedOf = (credential: object) =>
      loginOf({ token: { ...token, application_credential: { id: 'c', ...credential } } }, () => 0)
        ?.applicationCredential?.restricted;
    expect([restrictedOf({ restricted: true }), restrictedOf({}), restrictedOf({ restricted: false })]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([undefined, 'text', {}, { token: {} }, { token: { ...token, expires_at: 'never' } }])(
    'does not take %j for a token',
    (body) => {
      expect(loginOf(body, () => 0)).toBeUndefined();
    },
  );
});

describe('isDue', () => {
  const login = (issued: string, expires: string, clockSkewMs = 0) => {
    const parsed = loginOf({ token: { ...token, issued_at: issued, expires_at: expires } }, () => clockSkewMs);
    if (parsed === undefined) throw new Error('no login');
    return parsed;
  };
  const at = (time: string): Date => new Date(`2026-01-01T${time}Z`);
  const hour = login('2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z');
  const minute = login('2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z');

  it.each([
    ['more than two minutes are left of an hour', hour, at('00:57:59'), false],
    ['less than two minutes are left of an hour', hour, at('00:58:01'), true],
    ['a token for a minute is good for most of it', minute, at('00:00:50'), false],
    ['a token for a minute in its last tenth', minute, at('00:00:55'), true],
    [
      "by Keystone's clock, which is ahead",
      login('2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z', 600_000),
      at('00:49:00'),
      true,
    ],
  ])('%s', (_name, given, now, want) => {
    expect(isDue(given, now)).toBe(want);
  });
});
