/**
 * What a serving certificate lives on, as PEM texts. In a Secret: `tls.crt`, `tls.key`, `ca.crt` and `ca.key`, the first
 * three named as cert-manager names them.
 */
export interface Material {
  /** The serving certificate, followed by its intermediates if it has any. */
  readonly certificatePem: string;
  readonly keyPem: string;
  /** Every authority that may have signed a certificate still in use; the newest first. Goes into each caBundle. */
  readonly authoritiesPem: string;
  /** The key of the first authority; undefined when somebody else signs. */
  readonly authorityKeyPem?: string | undefined;
}

/** The names of the parts in a Secret. */
const PARTS = { certificatePem: 'tls.crt', keyPem: 'tls.key', authoritiesPem: 'ca.crt', authorityKeyPem: 'ca.key' };

/** Reads the data of a Secret, decoded. Undefined when a part is missing that serving needs (`tls.crt` or `tls.key`). */
export function materialOf(data: Readonly<Record<string, string>>): Material | undefined {
  const certificatePem = data[PARTS.certificatePem] ?? '';
  const keyPem = data[PARTS.keyPem] ?? '';
  if (certificatePem.trim() === '' || keyPem.trim() === '') return undefined;
  return {
    certificatePem,
    keyPem,
    authoritiesPem: data[PARTS.authoritiesPem] ?? '',
    authorityKeyPem: data[PARTS.authorityKeyPem],
  };
}

/** The data of a Secret, not encoded: the inverse of `materialOf`. */
export const dataOf = (material: Material): Readonly<Record<string, string>> => ({
  [PARTS.certificatePem]: material.certificatePem,
  [PARTS.keyPem]: material.keyPem,
  [PARTS.authoritiesPem]: material.authoritiesPem,
  ...(material.authorityKeyPem === undefined ? {} : { [PARTS.authorityKeyPem]: material.authorityKeyPem }),
});
