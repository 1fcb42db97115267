import { createCertificateAuthority, type CertificateAuthority } from './authority.ts';
import type { CertificateDecision, Lives } from './decide.ts';
import type { KeyPair } from './key-pair.ts';
import type { Material } from './material.ts';
import { bundleOf, readBundle } from './pem.ts';
import { SERIAL_BYTES } from './serial-number.ts';
import { issueServerCertificate } from './server-certificate.ts';
import { validityOf } from './verify.ts';

/** Where new keys and certificates come from. */
export interface Mint {
  now(): number;
  /** So many random bytes. */
  random(bytes: number): Uint8Array;
  keyPair(bits: 2048 | 3072): Promise<KeyPair>;
}

export interface RenewalRequest {
  readonly kind: Exclude<CertificateDecision['kind'], 'Keep'>;
  /** What there is; undefined only with `RenewAll`. */
  readonly material: Material | undefined;
  readonly dnsNames: readonly string[];
  /** The beginning of the name of a new authority. */
  readonly authorityName: string;
  readonly lives: Lives;
  /** Authorities (PEM) whose certificates are served somewhere although the store does not name them any more. */
  readonly stillServed?: string | undefined;
  readonly mint: Mint;
}

/** An authority lives for years; the serving key takes part in every handshake and lives for months. */
const AUTHORITY_BITS = 3072;
const LEAF_BITS = 2048;

/** The material after the step that was decided. */
export async function renew(request: RenewalRequest): Promise<Material> {
  const { kind, material } = request;
  if (kind === 'RenewAll' || material === undefined) return renewAll(request);
  switch (kind) {
    case 'RenewLeaf':
      return { ...material, ...(await newLeaf(request, newestOf(material))) };
    case 'IntroduceAuthority': {
      const authority = await newAuthority(request);
      return { ...material, ...withAuthority(authority, request) };
    }
    case 'DropAuthorities':
      return { ...material, authoritiesPem: bundleOf([newestOf(material).certificatePem]) };
  }
}

async function renewAll(request: RenewalRequest): Promise<Material> {
  const authority = await newAuthority(request);
  return { ...(await newLeaf(request, authority)), ...withAuthority(authority, request) };
}

async function newAuthority({ authorityName: name, lives, mint }: RenewalRequest): Promise<CertificateAuthority> {
  const keys = await mint.keyPair(AUTHORITY_BITS);
  const nowMs = mint.now();
  return createCertificateAuthority({
    name,
    keys,
    random: mint.random(SERIAL_BYTES),
    nowMs,
    lifeMs: lives.authorityMs,
  });
}

async function newLeaf(
  { dnsNames, lives, mint }: RenewalRequest,
  authority: CertificateAuthority,
): Promise<Pick<Material, 'certificatePem' | 'keyPem'>> {
  const keys = await mint.keyPair(LEAF_BITS);
  const nowMs = mint.now();
  const random = mint.random(SERIAL_BYTES);
  const certificatePem = issueServerCertificate({ authority, dnsNames, keys, random, nowMs, lifeMs: lives.leafMs });
  return { certificatePem, keyPem: keys.privatePem };
}

/** The new authority first, then those whose certificates may still be served. */
function withAuthority(
  authority: CertificateAuthority,
  { material, stillServed = '', mint }: RenewalRequest,
): Pick<Material, 'authoritiesPem' | 'authorityKeyPem'> {
  const nowMs = mint.now();
  const older = readBundle(`${material?.authoritiesPem ?? ''}\n${stillServed}`)
    .filter((certificate) => validityOf(certificate).notAfterMs > nowMs)
    .map(String);
  return { authoritiesPem: bundleOf([authority.certificatePem, ...older]), authorityKeyPem: authority.keyPem };
}

/** The authority that signs. Only asked for after the decision has seen that there is one with its key. */
function newestOf({ authoritiesPem, authorityKeyPem }: Material): CertificateAuthority {
  const newest = readBundle(authoritiesPem)[0];
  if (newest === undefined || authorityKeyPem === undefined) throw new Error('There is no authority that could sign');
  return { certificatePem: newest.toString(), keyPem: authorityKeyPem };
}
