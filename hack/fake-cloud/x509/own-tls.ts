import { isIP } from 'node:net';
import { createCertificateAuthority } from '../../../certificates/authority.ts';
import { commonNameOf } from '../../../certificates/common-name.ts';
import { rsaKeyPair } from '../../../certificates/key-pair.ts';
import { readCertificate } from '../../../certificates/pem.ts';
import { serialNumber } from '../../../certificates/serial-number.ts';
import { signedCertificate } from '../../../certificates/signed-certificate.ts';
import type { World } from '../world.ts';

/** The certificate of the fake's own HTTPS and the authority that it is signed by. PEM texts. */
export interface OwnTls {
  readonly cert: string;
  readonly key: string;
  readonly caPem: string;
}

const DAY_MS = 86_400_000;

/** Makes an authority and a certificate for an address (an IP or a host name) and for `localhost`. Valid for 30 days. */
export async function ownTls({ now, hex }: Pick<World, 'now' | 'hex'>, address: string): Promise<OwnTls> {
  const [authorityKeys, keys] = await Promise.all([rsaKeyPair(2048), rsaKeyPair(2048)]);
  const random = (): Buffer => Buffer.from(hex(16), 'hex');
  const times = { nowMs: now(), lifeMs: 30 * DAY_MS };
  const authority = createCertificateAuthority({ name: 'fake-cloud', keys: authorityKeys, random: random(), ...times });
  const issuer = readCertificate(authority.certificatePem);
  const cert = signedCertificate(
    {
      subject: address.slice(0, 64),
      issuer: issuer === undefined ? '' : commonNameOf(issuer),
      serial: serialNumber(random()),
      notBeforeMs: now() - DAY_MS,
      notAfterMs: now() + 29 * DAY_MS,
      publicKeyPem: keys.publicPem,
      extensions: [
        { name: 'basicConstraints', critical: true, cA: false },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: [alternativeName(address), alternativeName('localhost')] },
      ],
    },
    authority.keyPem,
  );
  return { cert, key: keys.privatePem, caPem: authority.certificatePem };
}

/** In the words of node-forge: 2 is a host name, 7 an IP address (RFC 5280, 4.2.1.6). */
const alternativeName = (name: string): object => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name });
