import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';

import { readKeyPair, type KeyPairFiles, type Pki } from './pki.ts';

/** What a kubeconfig with one cluster and one user says. Certificates and key are PEM texts. */
export interface KubeconfigContent {
  /** Names cluster, user and context. */
  readonly name: string;
  readonly server: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** The kubeconfig as YAML. Everything is embedded, so the file can be copied anywhere. */
export function kubeconfigYaml({ name, server, ca, cert, key }: KubeconfigContent): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(ca) } }],
    users: [{ name, user: { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}

/** Writes a kubeconfig for the holder of the certificate, readable by its owner only. Returns the path. */
export async function writeKubeconfig(
  file: string,
  pki: Pki,
  client: KeyPairFiles,
  { name, server }: { readonly name: string; readonly server: string },
): Promise<string> {
  const ca = await readFile(pki.caCert, 'utf8');
  await writeFile(file, kubeconfigYaml({ name, server, ca, ...(await readKeyPair(client)) }), { mode: 0o600 });
  return file;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
