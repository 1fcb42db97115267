import { sign } from 'node:crypto';
import forge from 'node-forge';
import { serialNumber } from '../../../certificates/serial-number.ts';
import type { AuthorityRecord } from '../state.ts';
import { childrenOf, derOf, oidOf, readSigningRequest, type SigningRequest } from './signing-request.ts';

const { asn1, pki } = forge;
const { SEQUENCE, INTEGER, OID, BITSTRING, NULL } = asn1.Type;
const DAY_MS = 86_400_000;

export interface Signing {
  readonly authority: AuthorityRecord;
  /** PEM. */
  readonly request: string;
  readonly random: Uint8Array;
  readonly nowMs: number;
  readonly lifeMs: number;
}

/**
 * A certificate for a request, as Magnum's conductor makes it: the request's subject, key and extensions, valid from
 * yesterday. PEM; undefined when the request cannot be read.
 */
export function signRequest({ authority, request, random, nowMs, lifeMs }: Signing): string | undefined {
  const read = readSigningRequest(request);
  if (read === undefined) return undefined;
  const issuer = pki.certificateFromPem(authority.certificatePem);
  const body = sequence([
    // Version 3 is number 2, tagged [0]; node-forge has names for tags of another class, too.
    asn1.create(asn1.Class.CONTEXT_SPECIFIC, asn1.Type.NONE, true, [integer('02')]),
    integer(serialNumber(random)),
    sha256WithRsa(),
    pki.distinguishedNameToAsn1(issuer.subject),
    sequence([time(nowMs - DAY_MS), time(nowMs + lifeMs)]),
    read.subject,
    read.publicKey,
    ...extensionsOf(read),
  ]);
  const signature = sign('sha256', derOf(body), authority.keyPem).toString('latin1');
  const certificate = sequence([body, sha256WithRsa(), primitive(BITSTRING, `\0${signature}`)]);
  return forge.pem
    .encode({ type: 'CERTIFICATE', body: derOf(certificate).toString('latin1') })
    .replaceAll('\r\n', '\n');
}

/** keyUsage, extendedKeyUsage, subjectAltName, subjectKeyIdentifier: what Magnum lets pass, but nobody becomes an authority. */
const ALLOWED = new Set(['2.5.29.15', '2.5.29.37', '2.5.29.17', '2.5.29.14']);

function extensionsOf({ extensions }: SigningRequest): readonly forge.asn1.Asn1[] {
  const kept = extensions.filter((extension) => {
    const [type] = childrenOf(extension);
    return type !== undefined && ALLOWED.has(oidOf(type));
  });
  // Extensions are tagged [3], the number of bit strings.
  if (kept.length === 0) return [];
  return [asn1.create(asn1.Class.CONTEXT_SPECIFIC, asn1.Type.BITSTRING, true, [sequence(kept)])];
}

const sequence = (parts: readonly forge.asn1.Asn1[]): forge.asn1.Asn1 =>
  asn1.create(asn1.Class.UNIVERSAL, SEQUENCE, true, [...parts]);

const primitive = (type: forge.asn1.Type, bytes: string): forge.asn1.Asn1 =>
  asn1.create(asn1.Class.UNIVERSAL, type, false, bytes);

const integer = (hex: string): forge.asn1.Asn1 => primitive(INTEGER, Buffer.from(hex, 'hex').toString('latin1'));

const sha256WithRsa = (): forge.asn1.Asn1 =>
  sequence([primitive(OID, asn1.oidToDer('1.2.840.113549.1.1.11').getBytes()), primitive(NULL, '')]);

/** Two digits of the year suffice until 2049 (RFC 5280, 4.1.2.5). */
const time = (epochMs: number): forge.asn1.Asn1 => primitive(asn1.Type.UTCTIME, asn1.dateToUtcTime(new Date(epochMs)));
