import type { X509Certificate } from 'node:crypto';

import { rsaKeyPair, type KeyPair } from '../../certificates/key-pair.ts';
import { isKeyOf } from '../../certificates/inspect.ts';
import { readBundle, readCertificate } from '../../certificates/pem.ts';
import { signingRequest } from '../../certificates/signing-request.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cluster, Magnum } from '../container-infra/magnum.ts';
import { apiAddress } from './api-address.ts';
import { originFor, type CertificateEntry } from './entry.ts';

/** The group of Kubernetes that may do everything. */
const ADMINISTRATOR = { commonName: 'admin', organizations: ['system:masters'] };

export interface AdminEntryOptions {
  /** Part of the entry's name: clusters of one name in two regions do not meet. */
  readonly region: string;
  /** Takes the place of Magnum's `api_address`. */
  readonly apiAddress?: string | undefined;
  readonly proxyUrl?: string | undefined;
  /** Keys cost a second: tests pass ready ones. */
  readonly makeKeys?: () => Promise<KeyPair>;
}

/** The administrator's entry of a kubeconfig. */
export interface AdminEntry extends CertificateEntry {
  /** About the address: private, or unknown. */
  readonly warning: string | undefined;
  /** When the certificate ends: Magnum decides, usually five years. */
  readonly expiresAt: Date;
}

/** The name of a cluster's entry in a kubeconfig. */
export const entryName = (cluster: string, region: string): string => `${cluster}-${region}`;

/**
 * Makes a key and lets the cluster's authority sign an administrator's certificate for it. The key never leaves this process
 * but in the entry.
 * @throws UserError when what comes back does not fit together, as while the authority is being rotated
 */
export async function adminEntry(
  magnum: Pick<Magnum, 'authority' | 'sign'>,
  cluster: Pick<Cluster, 'uuid' | 'name' | 'api_address'>,
  options: AdminEntryOptions,
): Promise<AdminEntry> {
  const { region, proxyUrl, makeKeys = () => rsaKeyPair(2048) } = options;
  const [caPem, keys] = await Promise.all([magnum.authority(cluster.uuid), makeKeys()]);
  const certPem = await magnum.sign(cluster.uuid, signingRequest(ADMINISTRATOR, keys));
  const certificate = checked(cluster.name, { caPem, certPem, keyPem: keys.privatePem });
  const { server, warning } = apiAddress(cluster, options.apiAddress, proxyUrl !== undefined);
  return {
    name: entryName(cluster.name, region),
    server,
    caPem,
    origin: originFor(cluster, region, options.apiAddress),
    certPem,
    keyPem: keys.privatePem,
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    warning,
    expiresAt: certificate.validToDate,
  };
}

interface Issued {
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

function checked(name: string, { caPem, certPem, keyPem }: Issued): X509Certificate {
  const certificate = readCertificate(certPem);
  const authorities = readBundle(caPem);
  if (certificate === undefined || authorities.length === 0)
    throw new UserError(`Magnum's answer for cluster "${name}" is not a certificate: is its conductor well?`);
  if (!isKeyOf(keyPem, certificate))
    throw new UserError(`Magnum signed a certificate for another key than that of cluster "${name}": try again`);
  if (!authorities.some((authority) => certificate.verify(authority.publicKey)))
    throw new UserError(
      `Magnum signed the certificate for cluster "${name}" with another authority than the cluster's: its authority is ` +
        'being rotated. Try again in some minutes',
    );
  return certificate;
}
