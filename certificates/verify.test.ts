import { describe, expect, it } from '@jest/globals';
import { aCertificate, aKeyPair, anAuthority, DAY_MS, NOW_MS } from '../test/certificates.ts';
import { type CertificateAuthority, createCertificateAuthority } from './authority.ts';
import { verifies } from './verify.ts';

const authority = anAuthority();
const stranger = anAuthority({ which: 1 });
const leaf = aCertificate({ authority });
const bundle = authority.certificatePem;
/** The same name and key, for another time. */
const twin = (lifeMs: number): CertificateAuthority =>
  createCertificateAuthority({
    name: 'twin',
    keys: aKeyPair(0),
    random: new Uint8Array(16),
    nowMs: NOW_MS - DAY_MS,
    lifeMs,
  });
const byTwin = aCertificate({ authority: twin(100 * DAY_MS) });

const cases: Record<string, { given: readonly [string, string, number?, string?]; want: boolean }> = {
  'its authority': { given: [bundle, leaf], want: true },
  'its authority after another': { given: [stranger.certificatePem + bundle, leaf], want: true },
  'another authority': { given: [stranger.certificatePem, leaf], want: false },
  'an authority of the same key and another name': { given: [anAuthority().certificatePem, leaf], want: false },
  'an empty bundle': { given: ['', leaf], want: false },
  'rubbish as bundle': { given: ['rubbish', leaf], want: false },
  'rubbish as certificate': { given: [bundle, 'rubbish'], want: false },
  'the certificate itself in the bundle': { given: [leaf, leaf], want: true },
  'the certificate after its end': { given: [bundle, leaf, NOW_MS + 91 * DAY_MS], want: false },
  'the certificate before its beginning': { given: [bundle, leaf, NOW_MS - DAY_MS], want: false },
  'an authority in force': { given: [twin(2 * DAY_MS).certificatePem, byTwin], want: true },
  'an authority that has ended': { given: [twin(DAY_MS).certificatePem, byTwin], want: false },
  'the name asked for': { given: [bundle, leaf, NOW_MS, 'svc.ns.svc'], want: true },
  'another name': { given: [bundle, leaf, NOW_MS, 'svc.other.svc'], want: false },
  'the chain sent beside it does not matter': { given: [bundle, leaf + stranger.certificatePem], want: true },
  'no authority but the one that it brings itself': { given: [stranger.certificatePem, leaf + bundle], want: false },
};

describe('verifies', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: [trusted, certificate, nowMs = NOW_MS, host], want }) => {
    expect(verifies(trusted, certificate, nowMs, host)).toBe(want);
  });
});
