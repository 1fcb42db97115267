import type { KeyPair } from './key-pair.ts';
import { serialNumber } from './serial-number.ts';
import { signedCertificate } from './signed-certificate.ts';
import { validityFrom } from './validity.ts';

/** A certificate authority that can sign. */
export interface CertificateAuthority {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface AuthorityRequest {
  /** The beginning of its common name; the rest tells one authority from the next. */
  readonly name: string;
  readonly keys: KeyPair;
  readonly random: Uint8Array;
  readonly nowMs: number;
  readonly lifeMs: number;
}

/** A self-signed authority that may sign serving certificates and no further authorities (path length 0). */
export function createCertificateAuthority(request: AuthorityRequest): CertificateAuthority {
  const serial = serialNumber(request.random);
  // Two authorities of one bundle must differ in name: some verifiers look for the issuer by name alone.
  const subject = `${request.name.slice(0, 45)} ${serial.slice(0, 16)}`;
  const certificatePem = signedCertificate(
    {
      subject,
      issuer: subject,
      serial,
      ...validityFrom(request.nowMs, request.lifeMs),
      publicKeyPem: request.keys.publicPem,
      extensions: [
        { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
        { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true, digitalSignature: true },
        { name: 'subjectKeyIdentifier' },
      ],
    },
    request.keys.privatePem,
  );
  return { certificatePem, keyPem: request.keys.privatePem };
}
