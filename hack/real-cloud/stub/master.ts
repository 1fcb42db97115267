import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { run } from '../../run.ts';

/** What the boot of a Magnum master is told by the parameters of its stack. */
export interface MasterParameters {
  readonly clusterUuid: string;
  readonly magnumUrl: string;
  readonly authUrl: string;
  readonly trusteeUserId: string;
  readonly trusteePassword: string;
}

/** What a booted master has: the authority of its cluster, and a serving certificate signed by it. */
export interface MasterCertificates {
  readonly caPem: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Reads the parameters of a stack; `undefined` for stacks without a master, as those of further node groups are. */
export function masterParameters(parameters: Readonly<Record<string, unknown>>): MasterParameters | undefined {
  const { cluster_uuid, magnum_url, auth_url, trustee_user_id, trustee_password, is_cluster_stack } = parameters;
  const isMaster = ![false, 'false', 'False'].some((no) => is_cluster_stack === no);
  const texts = [cluster_uuid, magnum_url, auth_url, trustee_user_id, trustee_password];
  const [clusterUuid, magnumUrl, authUrl, trusteeUserId, trusteePassword] = texts.filter(
    (value) => typeof value === 'string',
  );
  if (!isMaster || clusterUuid === undefined || magnumUrl === undefined || authUrl === undefined) return undefined;
  if (trusteeUserId === undefined || trusteePassword === undefined) return undefined;
  return { clusterUuid, magnumUrl, authUrl, trusteeUserId, trusteePassword };
}

/**
 * Does what the boot script of a Magnum master does: logs in as the trustee, fetches the authority of the cluster and has
 * a certificate signed that is good for the address. Magnum may need a moment until the trustee is known to it.
 */
export async function bootMaster(parameters: MasterParameters, address: string): Promise<MasterCertificates> {
  const token = await login(parameters);
  const headers = { 'X-Auth-Token': token, 'OpenStack-API-Version': 'container-infra latest' };
  const url = `${parameters.magnumUrl}/certificates`;
  const caPem = await patiently(() => pemOf(fetch(`${url}/${parameters.clusterUuid}`, { headers })));
  const { keyPem, csr } = await makeRequest(address);
  const body = JSON.stringify({ cluster_uuid: parameters.clusterUuid, csr });
  const post = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body };
  const certificatePem = await patiently(() => pemOf(fetch(url, post)));
  return { caPem, certificatePem, keyPem };
}

async function login({ authUrl, trusteeUserId, trusteePassword }: MasterParameters): Promise<string> {
  const user = { id: trusteeUserId, password: trusteePassword };
  const answer = await fetch(`${authUrl}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth: { identity: { methods: ['password'], password: { user } } } }),
  });
  const token = answer.headers.get('X-Subject-Token');
  if (token === null) throw new Error(`The trustee of the cluster cannot log in: ${answer.status}`);
  return token;
}

async function pemOf(call: Promise<Response>): Promise<string> {
  const answer = await call;
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Magnum answers ${answer.status} to its master: ${text.slice(0, 300)}`);
  // Magnum: GET /v1/certificates/{cluster} and POST /v1/certificates answer an object with the PEM text.
  const { pem } = JSON.parse(text) as { readonly pem: string };
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}

const TRIES = 40;

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES) throw error;
      await delay(500);
    }
  }
}

/** The address only: the names of a Kubernetes service stay with the certificate that the cluster was made with. */
async function makeRequest(address: string): Promise<{ readonly keyPem: string; readonly csr: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'magnum-master-'));
  const config = join(folder, 'request.cnf');
  const key = join(folder, 'key.pem');
  const request = join(folder, 'request.pem');
  try {
    const names = ['[req]', 'prompt = no', 'distinguished_name = subject', 'req_extensions = extensions'];
    const values = ['[subject]', 'CN = kube-apiserver', '[extensions]', `subjectAltName = IP:${address}`];
    await writeFile(config, [...names, ...values, 'extendedKeyUsage = serverAuth, clientAuth', ''].join('\n'));
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
    await run('openssl', ['req', '-new', '-config', config, ...newKey, '-out', request]);
    return { keyPem: await readFile(key, 'utf8'), csr: await readFile(request, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
