import { sign } from 'node:crypto';
import forge from 'node-forge';
import { sha256WithRsa, signedBody } from './signed-body.ts';

/** An extension in the words of node-forge; `critical` = who does not know it must refuse the certificate. */
export type Extension = Readonly<Record<string, unknown>> & { readonly name: string };

/** What a certificate says. Times are epoch milliseconds; X.509 keeps whole seconds. */
export interface CertificateContent {
  /** Common name. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal; see `serialNumber`. */
  readonly serial: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly publicKeyPem: string;
  readonly extensions: readonly Extension[];
}

/**
 * An X.509 v3 certificate as PEM, signed with SHA-256 and RSA. node-forge builds the structure; node:crypto signs it,
 * because a signature in JavaScript would hold the event loop for tens of milliseconds.
 */
export function signedCertificate(content: CertificateContent, issuerKeyPem: string): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(content.publicKeyPem);
  certificate.serialNumber = content.serial;
  certificate.validity.notBefore = new Date(content.notBeforeMs);
  certificate.validity.notAfter = new Date(content.notAfterMs);
  certificate.setSubject([{ name: 'commonName', value: content.subject }]);
  certificate.setIssuer([{ name: 'commonName', value: content.issuer }]);
  certificate.setExtensions(content.extensions.map((extension) => ({ ...extension })));
  const algorithm = sha256WithRsa();
  certificate.signatureOid = algorithm;
  certificate.siginfo.algorithmOid = algorithm;
  certificate.signature = '';
  certificate.signature = sign('sha256', signedBody(forge.pki.certificateToAsn1(certificate)), issuerKeyPem).toString(
    'latin1',
  );
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}

/** The key identifier that RFC 5280 (4.2.1.2) suggests, as node-forge wants it in an extension. */
export const keyIdentifier = (certificatePem: string): string =>
  forge.pki.certificateFromPem(certificatePem).generateSubjectKeyIdentifier().getBytes();
