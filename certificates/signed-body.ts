import forge from 'node-forge';

/** The DER of what is signed: the first of the three parts of a certificate (RFC 5280, 4.1) or a request (RFC 2986, 4.2). */
export function signedBody(structure: forge.asn1.Asn1): Buffer {
  const { value } = structure;
  const body = Array.isArray(value) ? value[0] : undefined;
  if (body === undefined) throw new Error('node-forge made a structure without a body to sign');
  return Buffer.from(forge.asn1.toDer(body).getBytes(), 'latin1');
}

/** The object identifier of SHA-256 with RSA: how everything here is signed. */
export function sha256WithRsa(): string {
  const algorithm = forge.pki.oids['sha256WithRSAEncryption'];
  if (algorithm === undefined) throw new Error('node-forge does not know sha256WithRSAEncryption');
  return algorithm;
}
