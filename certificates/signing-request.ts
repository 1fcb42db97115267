import { sign } from 'node:crypto';
import forge from 'node-forge';
import type { KeyPair } from './key-pair.ts';
import { sha256WithRsa, signedBody } from './signed-body.ts';

/** Whom a certificate is asked for. Kubernetes takes the common name as the user, the organizations as groups. */
export interface RequestedSubject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

/**
 * A certificate signing request (PKCS #10) as PEM, signed with SHA-256 and RSA. As with certificates, node-forge builds
 * the structure and node:crypto signs it.
 */
export function signingRequest(subject: RequestedSubject, keys: KeyPair): string {
  const request = forge.pki.createCertificationRequest();
  const algorithm = sha256WithRsa();
  request.publicKey = forge.pki.publicKeyFromPem(keys.publicPem);
  request.setSubject([
    { name: 'commonName', value: subject.commonName },
    ...subject.organizations.map((value) => ({ name: 'organizationName', value })),
  ]);
  request.signatureOid = algorithm;
  request.siginfo.algorithmOid = algorithm;
  request.signature = '';
  const body = signedBody(forge.pki.certificationRequestToAsn1(request));
  request.signature = sign('sha256', body, keys.privatePem).toString('latin1');
  return forge.pki.certificationRequestToPem(request).replaceAll('\r\n', '\n');
}
