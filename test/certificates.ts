import { randomBytes } from 'node:crypto';
import { type CertificateAuthority, createCertificateAuthority } from '../certificates/authority.ts';
import { type KeyPair, rsaKeyPair } from '../certificates/key-pair.ts';
import type { Material } from '../certificates/material.ts';
import { bundleOf } from '../certificates/pem.ts';
import { SERIAL_BYTES } from '../certificates/serial-number.ts';
import { issueServerCertificate } from '../certificates/server-certificate.ts';

/** Keys are slow to make: tests share a few. */
const pairs: readonly KeyPair[] = await Promise.all([1, 2, 3, 4].map(() => rsaKeyPair(2048)));

/** One of four key pairs. */
export function aKeyPair(which: number): KeyPair {
  const pair = pairs[which % pairs.length];
  if (pair === undefined) throw new Error('There are four key pairs');
  return pair;
}

export const DAY_MS = 86_400_000;
/** Noon of a day, on the second: certificates know nothing finer. */
export const NOW_MS = Date.UTC(2026, 5, 1, 12);
export const NAMES = ['svc', 'svc.ns', 'svc.ns.svc', 'svc.ns.svc.cluster.local'] as const;
export const LIVES = { leafMs: 90 * DAY_MS, authorityMs: 3650 * DAY_MS };

interface Made {
  /** When, relative to `NOW_MS`. */
  readonly agoMs?: number;
  readonly lifeMs?: number;
}

/** An authority with the key pair `which`. */
export const anAuthority = ({
  agoMs = 0,
  lifeMs = LIVES.authorityMs,
  which = 0,
}: Made & { readonly which?: 0 | 1 } = {}): CertificateAuthority =>
  createCertificateAuthority({
    name: 'test',
    keys: aKeyPair(which),
    random: randomBytes(SERIAL_BYTES),
    nowMs: NOW_MS - agoMs,
    lifeMs,
  });

/** A serving certificate as PEM, with the key pair 2. */
export const aCertificate = ({
  authority,
  agoMs = 0,
  lifeMs = LIVES.leafMs,
  dnsNames = NAMES,
}: Made & { readonly authority: CertificateAuthority; readonly dnsNames?: readonly string[] }): string =>
  issueServerCertificate({
    authority,
    dnsNames,
    keys: aKeyPair(2),
    random: randomBytes(SERIAL_BYTES),
    nowMs: NOW_MS - agoMs,
    lifeMs,
  });

/** Material as the webhook would have made it. */
export function aMaterial({
  authority = anAuthority(),
  leaf = aCertificate({ authority }),
  older = [],
}: {
  readonly authority?: CertificateAuthority;
  readonly leaf?: string;
  readonly older?: readonly CertificateAuthority[];
} = {}): Material {
  return {
    certificatePem: leaf,
    keyPem: aKeyPair(2).privatePem,
    authoritiesPem: bundleOf([authority, ...older].map(({ certificatePem }) => certificatePem)),
    authorityKeyPem: authority.keyPem,
  };
}
