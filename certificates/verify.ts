import type { X509Certificate } from 'node:crypto';
import { readBundle } from './pem.ts';
import { holdsAt, type Validity } from './validity.ts';

/** A chain longer than this is no chain of ours or of cert-manager. */
const LONGEST_CHAIN = 5;

export const validityOf = (certificate: X509Certificate): Validity => ({
  notBeforeMs: certificate.validFromDate.getTime(),
  notAfterMs: certificate.validToDate.getTime(),
});

/**
 * True when a client that trusts `caBundlePem` alone accepts the certificate at this time: as Go's crypto/x509, with
 * which the API server looks at webhooks, every certificate up to and including the trusted one must be in its time.
 * `certificatePem` may carry intermediates after the certificate. An empty bundle verifies nothing. With `host`, the
 * certificate must be for that name, too.
 */
export function verifies(caBundlePem: string, certificatePem: string, nowMs: number, host?: string): boolean {
  const [leaf, ...intermediates] = readBundle(certificatePem);
  if (leaf === undefined || (host !== undefined && !isFor(leaf, host))) return false;
  return isTrusted(leaf, { anchors: readBundle(caBundlePem), intermediates, nowMs }, LONGEST_CHAIN);
}

interface Trust {
  readonly anchors: readonly X509Certificate[];
  readonly intermediates: readonly X509Certificate[];
  readonly nowMs: number;
}

function isTrusted(certificate: X509Certificate, trust: Trust, depth: number): boolean {
  const { anchors, intermediates, nowMs } = trust;
  if (depth === 0 || !holdsAt(validityOf(certificate), nowMs)) return false;
  if (anchors.some(({ raw }) => raw.equals(certificate.raw))) return true;
  if (anchors.some((anchor) => holdsAt(validityOf(anchor), nowMs) && signed(anchor, certificate))) return true;
  return intermediates.some((issuer) => signed(issuer, certificate) && isTrusted(issuer, trust, depth - 1));
}

/** True when the authority's name and key are those of the certificate's issuer. */
export const signed = (authority: X509Certificate, certificate: X509Certificate): boolean =>
  authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);

/** True when the name is among the subject alternative names; a common name does not count (RFC 6125). */
export const isFor = (certificate: X509Certificate, host: string): boolean =>
  certificate.checkHost(host, { subject: 'never' }) !== undefined;
