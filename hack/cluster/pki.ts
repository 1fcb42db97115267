import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';

import { run } from '../run.ts';
import { opensslConfig, type CertificateRequest } from './openssl-config.ts';

/** The files of one certificate and its key. */
export interface KeyPairFiles {
  readonly cert: string;
  readonly key: string;
}

/** The certificate authority of one cluster, kept as files in one folder. */
export interface Pki {
  readonly folder: string;
  readonly caCert: string;
  readonly caKey: string;
  /** Keys that service account tokens are signed and verified with. */
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  /** Makes `NAME.crt` and `NAME.key`, signed by the authority, valid for a year. */
  issue(name: string, request: CertificateRequest): Promise<KeyPairFiles>;
}

/** Makes a new authority in the folder. Throws when the openssl command (3.0 or newer) is missing. */
export async function createPki(folder: string): Promise<Pki> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ca = await makeCertificate(folder, 'ca', { commonName: 'spark-operator-test-cluster', authority: true }, []);
  const signedBy = ['-CA', ca.cert, '-CAkey', ca.key];
  const serviceAccountKey = join(folder, 'service-account.key');
  const serviceAccountPublicKey = join(folder, 'service-account.pub');
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(serviceAccountKey, pair.privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  await writeFile(serviceAccountPublicKey, pair.publicKey.export({ type: 'spki', format: 'pem' }));
  return {
    folder,
    caCert: ca.cert,
    caKey: ca.key,
    serviceAccountKey,
    serviceAccountPublicKey,
    issue: (name, request) => makeCertificate(folder, name, request, signedBy),
  };
}

async function makeCertificate(
  folder: string,
  name: string,
  request: CertificateRequest,
  signedBy: readonly string[],
): Promise<KeyPairFiles> {
  const config = join(folder, `${name}.cnf`);
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  await writeFile(config, opensslConfig(request));
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', files.key];
  try {
    await run('openssl', [
      'req',
      '-x509',
      '-config',
      config,
      ...newKey,
      ...signedBy,
      '-days',
      '365',
      '-out',
      files.cert,
    ]);
  } catch (error) {
    throw new Error(
      `Could not make the certificate "${name}": openssl 3.0 or newer is needed (apt-get install openssl)`,
      {
        cause: error,
      },
    );
  }
  return files;
}

/** The text of a certificate and its key. */
export async function readKeyPair(files: KeyPairFiles): Promise<{ readonly cert: string; readonly key: string }> {
  const [cert, key] = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key, 'utf8')]);
  return { cert, key };
}
