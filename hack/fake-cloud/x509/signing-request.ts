import { createPublicKey, verify } from 'node:crypto';
import forge from 'node-forge';

const { asn1 } = forge;

/** A certificate request (PKCS #10) that was read and whose signature is right. */
export interface SigningRequest {
  /** The distinguished name, the public key and the extensions asked for, as DER structures. */
  readonly subject: forge.asn1.Asn1;
  readonly publicKey: forge.asn1.Asn1;
  readonly extensions: readonly forge.asn1.Asn1[];
}

/** PKCS #9 extensionRequest. */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

/**
 * Reads a request (PEM) with a key of any kind: node-forge alone would take RSA only. Undefined when it is no request or
 * its signature is wrong.
 */
export function readSigningRequest(pem: string): SigningRequest | undefined {
  try {
    return parse(pem);
  } catch {
    return undefined;
  }
}

function parse(pem: string): SigningRequest | undefined {
  const [message] = forge.pem.decode(pem);
  if (message === undefined || !/^(NEW )?CERTIFICATE REQUEST$/.test(message.type)) return undefined;
  const [info, , signature] = childrenOf(asn1.fromDer(message.body));
  if (info === undefined || signature === undefined) return undefined;
  const [, subject, publicKey, attributes] = childrenOf(info);
  if (subject === undefined || publicKey === undefined) return undefined;
  if (!isSigned(info, publicKey, signature)) return undefined;
  return { subject, publicKey, extensions: requestedExtensions(attributes) };
}

function isSigned(info: forge.asn1.Asn1, publicKey: forge.asn1.Asn1, signature: forge.asn1.Asn1): boolean {
  const key = createPublicKey({ key: derOf(publicKey), format: 'der', type: 'spki' });
  return verify('sha256', derOf(info), key, bitsOf(signature));
}

/**
 * The bytes of a bit string. Read from its DER: node-forge takes a signature of an elliptic key, which is DER in a bit
 * string, apart.
 */
function bitsOf(bitString: forge.asn1.Asn1): Buffer {
  const der = derOf(bitString);
  const length = der[1] ?? 0;
  const header = length < 0x80 ? 2 : 2 + (length & 0x7f);
  // A bit string begins with the number of its unused bits.
  return der.subarray(header + 1);
}

function requestedExtensions(attributes: forge.asn1.Asn1 | undefined): readonly forge.asn1.Asn1[] {
  for (const attribute of attributes === undefined ? [] : childrenOf(attributes)) {
    const [type, values] = childrenOf(attribute);
    if (type === undefined || values === undefined || oidOf(type) !== EXTENSION_REQUEST) continue;
    const [extensions] = childrenOf(values);
    return extensions === undefined ? [] : childrenOf(extensions);
  }
  return [];
}

/** The parts of a DER structure; none when it is a primitive. */
export const childrenOf = (node: forge.asn1.Asn1): readonly forge.asn1.Asn1[] =>
  Array.isArray(node.value) ? node.value : [];

/** The text of an object identifier. */
export const oidOf = (node: forge.asn1.Asn1): string =>
  typeof node.value === 'string' ? asn1.derToOid(forge.util.createBuffer(node.value)) : '';

/** A structure as DER. */
export const derOf = (node: forge.asn1.Asn1): Buffer => Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
