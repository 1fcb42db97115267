import { describe, expect, it } from '@jest/globals';
import { aCertificate, aKeyPair, aMaterial, anAuthority, DAY_MS, LIVES, NAMES, NOW_MS } from '../test/certificates.ts';
import { type CertificateDecision, decideCertificates, type Situation } from './decide.ts';

const HOUR_MS = 3_600_000;
const old = anAuthority({ agoMs: 2500 * DAY_MS });
const fresh = anAuthority({ agoMs: HOUR_MS, which: 1 });
const byOld = aCertificate({ authority: old, agoMs: DAY_MS });
const byFresh = aCertificate({ authority: fresh, agoMs: DAY_MS / 2 });
const introduced = aMaterial({ authority: fresh, older: [old], leaf: byOld });
const dated = (agoMs: number) => {
  const authority = anAuthority({ agoMs: 100 * DAY_MS });
  return aMaterial({ authority, leaf: aCertificate({ authority, agoMs }) });
};

interface Case {
  readonly given: Partial<Situation>;
  /** Of the reason, a part. */
  readonly want: { readonly kind: CertificateDecision['kind']; readonly reason?: string; readonly renewAt?: number };
}

const cases: Record<string, Case> = {
  'nothing is there': {
    given: { material: undefined },
    want: { kind: 'RenewAll', reason: 'there is no certificate yet' },
  },
  'all is new: until two thirds of the life of the certificate': {
    given: { material: aMaterial() },
    want: { kind: 'Keep', renewAt: NOW_MS + 60 * DAY_MS },
  },
  'the jitter puts the renewal off by a thirtieth of the life at most': {
    given: { material: aMaterial(), jitter: 0.5 },
    want: { kind: 'Keep', renewAt: NOW_MS + 61.5 * DAY_MS },
  },
  'just before two thirds of its life': {
    given: { material: dated(60 * DAY_MS - 1000) },
    want: { kind: 'Keep', renewAt: NOW_MS + 1000 },
  },
  'two thirds of its life are over': {
    given: { material: dated(60 * DAY_MS) },
    want: { kind: 'RenewLeaf', reason: 'two thirds of its life' },
  },
  'it has expired': { given: { material: dated(90 * DAY_MS) }, want: { kind: 'RenewLeaf', reason: 'has expired' } },
  'a clock five minutes behind ours made it': { given: { material: dated(5 * 60_000) }, want: { kind: 'Keep' } },
  'a clock five minutes ahead of ours made it': { given: { material: dated(-5 * 60_000) }, want: { kind: 'Keep' } },
  'a clock far ahead of ours made it': {
    given: { material: dated(-HOUR_MS) },
    want: { kind: 'RenewLeaf', reason: 'holds later only' },
  },
  'a name is missing': {
    given: { material: aMaterial(), dnsNames: [...NAMES, 'more.ns.svc'] },
    want: { kind: 'RenewLeaf', reason: 'is not for more.ns.svc' },
  },
  'it is for more names than needed': {
    given: { material: aMaterial(), dnsNames: ['svc.ns.svc'] },
    want: { kind: 'Keep' },
  },
  'the key is of another certificate': {
    given: { material: { ...aMaterial(), keyPem: aKeyPair(3).privatePem } },
    want: { kind: 'RenewLeaf', reason: 'the key is not that of the certificate' },
  },
  'the certificate cannot be read': {
    given: { material: { ...aMaterial(), certificatePem: 'rubbish' } },
    want: { kind: 'RenewLeaf', reason: 'cannot be read' },
  },
  'nothing can be read': {
    given: { material: { certificatePem: 'a', keyPem: 'b', authoritiesPem: 'c', authorityKeyPem: 'd' } },
    want: { kind: 'RenewAll', reason: 'the certificate cannot be read, and the authority cannot be read' },
  },
  'the authority does not know the certificate': {
    given: { material: { ...aMaterial(), ...pick(aMaterial({ authority: fresh })) } },
    want: { kind: 'RenewLeaf', reason: 'no authority in force has signed' },
  },
  'the authority has expired, and so has the certificate': {
    given: { material: aMaterial({ authority: anAuthority({ agoMs: 5000 * DAY_MS }) }) },
    want: { kind: 'RenewAll', reason: 'has expired, and the authority has expired' },
  },
  'the certificate must be renewed and the key of the authority is gone': {
    given: { material: { ...dated(91 * DAY_MS), authorityKeyPem: undefined } },
    want: { kind: 'RenewAll', reason: 'the key of the authority is not there' },
  },
  'somebody else made all of it: it serves as long as it can': {
    given: { material: { ...dated(59 * DAY_MS), authorityKeyPem: undefined } },
    want: { kind: 'Keep', renewAt: NOW_MS + DAY_MS },
  },
  'somebody else made all of it, and it ends': {
    given: { material: { ...dated(60 * DAY_MS), authorityKeyPem: undefined } },
    want: { kind: 'IntroduceAuthority', reason: 'the key of the authority is not there' },
  },
  'two thirds of the life of the authority are over': {
    given: { material: aMaterial({ authority: old, leaf: byOld }) },
    want: { kind: 'IntroduceAuthority', reason: 'two thirds of the life of the authority' },
  },
  'certificate and authority are both due: the certificate first': {
    given: { material: aMaterial({ authority: old, leaf: aCertificate({ authority: old, agoMs: 61 * DAY_MS }) }) },
    want: { kind: 'RenewLeaf' },
  },
  'a new authority is not known to every caBundle: the old one serves on': {
    given: { material: introduced, caBundles: [introduced.authoritiesPem, old.certificatePem] },
    want: { kind: 'Keep' },
  },
  'nobody can say what the caBundles are: the old one serves on': {
    given: { material: introduced },
    want: { kind: 'Keep' },
  },
  'nobody can say what the caBundles are, and the old one has ended': {
    given: {
      material: aMaterial({
        authority: fresh,
        older: [old],
        leaf: aCertificate({ authority: old, agoMs: 91 * DAY_MS }),
      }),
    },
    want: { kind: 'RenewLeaf', reason: 'has expired' },
  },
  'a new authority is known to all, but not for long enough': {
    given: { material: introduced, caBundles: [introduced.authoritiesPem], nowMs: NOW_MS - HOUR_MS + 59_000 },
    want: { kind: 'Keep', renewAt: NOW_MS - HOUR_MS + 60_000 },
  },
  'a new authority is known to all': {
    given: { material: introduced, caBundles: [introduced.authoritiesPem] },
    want: { kind: 'RenewLeaf', reason: 'its authority has been replaced' },
  },
  'there is no caBundle that must know the new authority': {
    given: { material: introduced, caBundles: [] },
    want: { kind: 'RenewLeaf', reason: 'its authority has been replaced' },
  },
  'the old authority stays while a certificate of it may be in force': {
    given: { material: aMaterial({ authority: fresh, older: [old], leaf: byFresh }) },
    want: { kind: 'Keep' },
  },
  'the old authority goes when all that it signed has ended': {
    given: (() => {
      const authority = anAuthority({ agoMs: 91 * DAY_MS, which: 1 });
      return { material: aMaterial({ authority, older: [old], leaf: aCertificate({ authority, agoMs: DAY_MS }) }) };
    })(),
    want: { kind: 'DropAuthorities' },
  },
  'an authority that has ended goes': {
    given: { material: aMaterial({ authority: fresh, older: [anAuthority({ agoMs: 4000 * DAY_MS })], leaf: byFresh }) },
    want: { kind: 'DropAuthorities' },
  },
  'both are due, but the authority would end a new certificate at the same time: the authority': {
    given: (() => {
      const authority = anAuthority({ agoMs: 45 * DAY_MS, lifeMs: 60 * DAY_MS });
      return { material: aMaterial({ authority, leaf: aCertificate({ authority, agoMs: 36 * DAY_MS }) }) };
    })(),
    want: { kind: 'IntroduceAuthority' },
  },
};

function pick({ authoritiesPem, authorityKeyPem }: ReturnType<typeof aMaterial>) {
  return { authoritiesPem, authorityKeyPem };
}

describe('decideCertificates', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const situation = { material: undefined, nowMs: NOW_MS, dnsNames: NAMES, lives: LIVES, ...given };
    const decision = decideCertificates(situation);
    const { reason, ...rest } = want;
    expect(decision).toMatchObject(rest);
    if (reason !== undefined) expect(decision).toMatchObject({ reason: expect.stringContaining(reason) });
  });
});
