import { X509Certificate } from 'node:crypto';
import type { CertificateAuthority } from './authority.ts';
import { commonNameOf } from './common-name.ts';
import type { KeyPair } from './key-pair.ts';
import { serialNumber } from './serial-number.ts';
import { keyIdentifier, signedCertificate } from './signed-certificate.ts';
import { validityFrom } from './validity.ts';

export interface ServerCertificateRequest {
  readonly authority: CertificateAuthority;
  /** Subject alternative names; the first is the common name, too. */
  readonly dnsNames: readonly string[];
  readonly keys: KeyPair;
  readonly random: Uint8Array;
  readonly nowMs: number;
  readonly lifeMs: number;
}

/** DNS names in the words of RFC 5280, 4.2.1.6. */
const DNS_NAME = 2;

/** A certificate for a TLS server (and for nothing else) as PEM. It ends with its authority at the latest. */
export function issueServerCertificate(request: ServerCertificateRequest): string {
  const { authority, dnsNames, keys } = request;
  const issuer = new X509Certificate(authority.certificatePem);
  return signedCertificate(
    {
      // A common name has at most 64 characters (RFC 5280, ub-common-name); nobody verifies against it.
      subject: (dnsNames[0] ?? 'server').slice(0, 64),
      issuer: commonNameOf(issuer),
      serial: serialNumber(request.random),
      ...validityFrom(request.nowMs, request.lifeMs, issuer.validToDate.getTime()),
      publicKeyPem: keys.publicPem,
      extensions: [
        { name: 'basicConstraints', critical: true, cA: false },
        { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: dnsNames.map((value) => ({ type: DNS_NAME, value })) },
        { name: 'subjectKeyIdentifier' },
        { name: 'authorityKeyIdentifier', keyIdentifier: keyIdentifier(authority.certificatePem) },
      ],
    },
    authority.keyPem,
  );
}
