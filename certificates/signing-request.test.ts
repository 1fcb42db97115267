import { describe, expect, it } from '@jest/globals';
import forge from 'node-forge';
import { aKeyPair } from '../test/certificates.ts';
import { signingRequest } from './signing-request.ts';

const admin = { commonName: 'admin', organizations: ['system:masters'] };

const subjectOf = (pem: string): readonly string[] =>
  forge.pki
    .certificationRequestFromPem(pem)
    .subject.attributes.map(({ shortName, value }) => `${shortName}=${String(value)}`);

describe('a signing request', () => {
  it('names the user and its groups in the order of the list', () => {
    expect(subjectOf(signingRequest(admin, aKeyPair(0)))).toEqual(['CN=admin', 'O=system:masters']);
    const two = signingRequest({ commonName: 'eva', organizations: ['a', 'b'] }, aKeyPair(0));
    expect(subjectOf(two)).toEqual(['CN=eva', 'O=a', 'O=b']);
  });

  it('is signed by the key that it asks a certificate for', () => {
    const request = forge.pki.certificationRequestFromPem(signingRequest(admin, aKeyPair(0)), true);
    expect(request.verify()).toBe(true);
    request.publicKey = forge.pki.publicKeyFromPem(aKeyPair(1).publicPem);
    expect(() => request.verify()).toThrow('Encryption block is invalid');
  });

  it('is PEM without carriage returns', () => {
    expect(signingRequest(admin, aKeyPair(0))).toMatch(
      /^-----BEGIN CERTIFICATE REQUEST-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE REQUEST-----\n$/,
    );
  });
});
