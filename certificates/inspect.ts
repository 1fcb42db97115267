import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import type { Material } from './material.ts';
import { readBundle } from './pem.ts';
import { isFor, signed, validityOf, verifies } from './verify.ts';
import type { Validity } from './validity.ts';

/** What a decision must know of the material. */
export interface Inspected {
  /** Why the serving certificate cannot serve, for people; undefined when it can. */
  readonly leafFault: string | undefined;
  /** Why the first authority cannot sign a certificate; undefined when it can. */
  readonly authorityFault: string | undefined;
  readonly leaf: Validity | undefined;
  /** The first, newest authority. */
  readonly authority: (Validity & { readonly fingerprint: string }) | undefined;
  /** False while the certificate is one of an older authority, or of an unknown one. */
  readonly leafIsOfNewest: boolean;
  /** The authorities after the first. */
  readonly older: readonly Validity[];
}

export interface Wanted {
  readonly dnsNames: readonly string[];
  readonly nowMs: number;
}

/** Reads the material and judges it; never throws. */
export function inspect(material: Material, wanted: Wanted): Inspected {
  const leaf = readBundle(material.certificatePem)[0];
  const authorities = readBundle(material.authoritiesPem);
  const newest = authorities[0];
  return {
    leafFault: leafFaultOf(leaf, material, wanted),
    authorityFault: authorityFaultOf(newest, material.authorityKeyPem, wanted.nowMs),
    leaf: leaf === undefined ? undefined : validityOf(leaf),
    authority: newest === undefined ? undefined : { ...validityOf(newest), fingerprint: newest.fingerprint256 },
    leafIsOfNewest: leaf !== undefined && newest !== undefined && signed(newest, leaf),
    older: authorities.slice(1).map(validityOf),
  };
}

type Check = (leaf: X509Certificate, material: Material, wanted: Wanted) => string | undefined;

/** The first violation counts. */
const leafChecks: readonly Check[] = [
  (leaf, { keyPem }) => (isKeyOf(keyPem, leaf) ? undefined : 'the key is not that of the certificate'),
  (leaf, _material, { nowMs }) => (validityOf(leaf).notAfterMs <= nowMs ? 'the certificate has expired' : undefined),
  (leaf, _material, { nowMs }) =>
    validityOf(leaf).notBeforeMs > nowMs ? 'the certificate holds later only' : undefined,
  (leaf, _material, { dnsNames }) => {
    const missing = dnsNames.filter((name) => !isFor(leaf, name));
    return missing.length === 0 ? undefined : `the certificate is not for ${missing.join(', ')}`;
  },
  (_leaf, { authoritiesPem, certificatePem }, { nowMs }) =>
    verifies(authoritiesPem, certificatePem, nowMs) ? undefined : 'no authority in force has signed the certificate',
];

function leafFaultOf(leaf: X509Certificate | undefined, material: Material, wanted: Wanted): string | undefined {
  if (leaf === undefined) return 'the certificate cannot be read';
  for (const check of leafChecks) {
    const fault = check(leaf, material, wanted);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function authorityFaultOf(
  authority: X509Certificate | undefined,
  keyPem: string | undefined,
  nowMs: number,
): string | undefined {
  if (authority === undefined) return 'the authority cannot be read';
  const { notAfterMs, notBeforeMs } = validityOf(authority);
  if (notAfterMs <= nowMs) return 'the authority has expired';
  if (notBeforeMs > nowMs) return 'the authority holds later only';
  if (!authority.ca) return 'the authority may not sign certificates';
  if (keyPem === undefined) return 'the key of the authority is not there';
  return isKeyOf(keyPem, authority) ? undefined : 'the key is not that of the authority';
}

/** True when the private key, as PEM, belongs to the certificate. */
export function isKeyOf(keyPem: string, certificate: X509Certificate): boolean {
  const key = readKey(keyPem);
  return key !== undefined && certificate.checkPrivateKey(key);
}

function readKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
