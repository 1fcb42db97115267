import { X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates of a bundle, one PEM text each, in order. What is no certificate is passed over. */
export const certificatesOf = (bundlePem: string): readonly string[] => bundlePem.match(BLOCK) ?? [];

/** A bundle of these certificates, each once. */
export const bundleOf = (certificatePems: readonly string[]): string =>
  [...new Set(certificatePems.map((pem) => pem.trim()))].map((pem) => `${pem}\n`).join('');

/** Undefined when it cannot be read as a certificate. */
export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The certificates of a bundle that can be read. */
export const readBundle = (bundlePem: string): readonly X509Certificate[] =>
  certificatesOf(bundlePem)
    .map(readCertificate)
    .filter((certificate) => certificate !== undefined);
