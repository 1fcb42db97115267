import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import forge from 'node-forge';

import type { CertificateAuthority } from '../../certificates/authority.ts';
import { aKeyPair, anAuthority } from '../../test/certificates.ts';
import { signedCertificate } from '../../certificates/signed-certificate.ts';
import { adminEntry } from './admin-entry.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const YEARS_5 = 5 * 365 * 86_400_000;

/** As Magnum signs: what the request asks for, five years. */
function signedBy(authority: CertificateAuthority, request: string): string {
  const { publicKey } = forge.pki.certificationRequestFromPem(request);
  if (publicKey === null) throw new Error('no key in the request');
  return signedCertificate(
    {
      subject: 'admin',
      issuer: 'test',
      serial: randomBytes(8).toString('hex'),
      notBeforeMs: NOW,
      notAfterMs: NOW + YEARS_5,
      publicKeyPem: forge.pki.publicKeyToPem(publicKey),
      extensions: [],
    },
    authority.keyPem,
  );
}

const cluster = { uuid: 'u-1', name: 'demo', api_address: 'https://192.0.2.7:6443' };
const options = { region: 'north', makeKeys: async () => aKeyPair(2) };

describe("an administrator's entry", () => {
  it('holds the authority, a signed certificate and its key', async () => {
    const authority = anAuthority();
    const asked: string[] = [];
    const magnum = {
      authority: async () => authority.certificatePem,
      sign: async (uuid: string, request: string) => {
        asked.push(
          uuid,
          ...forge.pki.certificationRequestFromPem(request).subject.attributes.map((a) => String(a.value)),
        );
        return signedBy(authority, request);
      },
    };
    const entry = await adminEntry(magnum, cluster, options);
    expect(entry).toMatchObject({
      name: 'demo-north',
      server: 'https://192.0.2.7:6443',
      caPem: authority.certificatePem,
      keyPem: aKeyPair(2).privatePem,
      warning: undefined,
      expiresAt: new Date(NOW + YEARS_5),
    });
    expect(asked).toEqual(['u-1', 'admin', 'system:masters']);
  });

  const wrong: Record<string, { given: { ca: string; cert: (request: string) => string }; want: string }> = {
    'a certificate of another authority': {
      given: {
        ca: anAuthority({ which: 1 }).certificatePem,
        cert: (request) => signedBy(anAuthority(), request),
      },
      want: 'being rotated',
    },
    'a certificate for another key': {
      given: { ca: anAuthority().certificatePem, cert: () => anAuthority().certificatePem },
      want: 'another key',
    },
    'no certificate': { given: { ca: anAuthority().certificatePem, cert: () => 'oops' }, want: 'not a certificate' },
    'no authority': {
      given: { ca: '', cert: (request) => signedBy(anAuthority(), request) },
      want: 'not a certificate',
    },
  };

  it.each(Object.entries(wrong))('is not made of %s', async (_name, { given, want }) => {
    const magnum = {
      authority: async () => given.ca,
      sign: async (_uuid: string, request: string) => given.cert(request),
    };
    await expect(adminEntry(magnum, cluster, options)).rejects.toThrow(want);
  });
});
