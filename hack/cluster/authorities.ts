import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { cacheDir } from '../cache.ts';
import { clusterFolder, readRecord } from './cluster-record.ts';
import { eventually } from './eventually.ts';
import { withLock } from './lock.ts';
import { readKeyPair, type KeyPairFiles, type Pki } from './pki.ts';
import { presentedCertificate } from './presented-certificate.ts';

/** An authority from outside, as that of a Magnum cluster, with a serving certificate that it has signed. */
export interface ForeignAuthority {
  readonly caPem: string;
  /** For the address of {@link authorityHost}; no other name in it, those belong to the cluster's own certificate. */
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Files that the API server reads again when they change. */
export interface AuthorityFiles {
  /** Whose client certificates are accepted. */
  readonly bundle: string;
  /** The certificate for connections to the address that programs of the machine use. */
  readonly serving: KeyPairFiles;
  /** That address. The server does not read addresses from certificates, it must be told. */
  readonly address: string;
}

/** What the cluster itself brings: first in the bundle, and the serving certificate while nothing is adopted. */
interface OwnAuthority extends ForeignAuthority {
  readonly adopted: readonly ForeignAuthority[];
}

const API_PORT = 6443;

/** Makes the files with the cluster's own authority only; `address` is the one that {@link authorityHost} will tell. */
export async function prepareAuthorities(folder: string, pki: Pki, address: string): Promise<AuthorityFiles> {
  const placeholder = await readKeyPair(
    await pki.issue('host-link', { commonName: 'kube-apiserver', hosts: [address] }),
  );
  const caPem = await readFile(pki.caCert, 'utf8');
  const own: OwnAuthority = { caPem, certificatePem: placeholder.cert, keyPem: placeholder.key, adopted: [] };
  await mkdir(join(folder, 'authorities'), { recursive: true, mode: 0o700 });
  await writeAuthorities(folder, own);
  return { ...authorityFiles(folder), address };
}

/**
 * The address that programs of this machine reach the API server at, on port 6443, with the certificate of the newest
 * adopted authority; `undefined` when no cluster of that name runs that can adopt any.
 */
export function authorityHost(cluster: string): string | undefined {
  const record = readRecord(cluster);
  return record?.complete === true ? record.hostLink?.nodeAddress : undefined;
}

/**
 * Makes the API server of a local cluster accept client certificates of the authority beside its own, and answer with the
 * given certificate at {@link authorityHost}. Returns when it does. Nothing is restarted. Throws for clusters that a
 * container engine runs: their files are out of reach.
 */
export async function adoptAuthority(cluster: string, authority: ForeignAuthority): Promise<void> {
  await change(cluster, (adopted) => [...without(adopted, authority.caPem), authority]);
}

/** Makes the API server of a local cluster forget the authority; nothing happens when it does not know it. */
export async function dropAuthority(cluster: string, caPem: string): Promise<void> {
  await change(cluster, (adopted) => without(adopted, caPem));
}

/** What the API server is to read: all authorities, and the certificate of the newest. */
export function authorityContents(own: OwnAuthority): {
  readonly bundle: string;
  readonly cert: string;
  readonly key: string;
} {
  const newest = own.adopted.at(-1) ?? own;
  const bundle = [own, ...own.adopted].map(({ caPem }) => caPem.trimEnd()).join('\n');
  return { bundle: `${bundle}\n`, cert: newest.certificatePem, key: newest.keyPem };
}

function without(adopted: readonly ForeignAuthority[], caPem: string): readonly ForeignAuthority[] {
  return adopted.filter((other) => other.caPem.trim() !== caPem.trim());
}

/** Changes of one process after each other; those of several processes are kept apart by the lock. */
let lastChange: Promise<unknown> = Promise.resolve();

function change(
  cluster: string,
  next: (adopted: readonly ForeignAuthority[]) => readonly ForeignAuthority[],
): Promise<void> {
  const work = async (): Promise<void> => {
    const address = authorityHost(cluster);
    if (address === undefined) throw new Error(cannotAdopt(cluster));
    const folder = clusterFolder(cluster);
    const own = await readAuthorities(folder);
    const changed = { ...own, adopted: next(own.adopted) };
    await writeAuthorities(folder, changed);
    await waitUntilPresented(address, authorityContents(changed).cert);
  };
  const lock = cacheDir('clusters', `${cluster}.authorities.lock`);
  const turn = lastChange.then(() => withLock(lock, work, () => undefined));
  lastChange = turn.catch(() => undefined);
  return turn;
}

function cannotAdopt(cluster: string): string {
  const reason = 'only a running cluster of the bare provider can trust an authority from outside';
  return `The cluster "${cluster}" cannot: ${reason}. Make one with: npm run cluster -- up --provider bare`;
}

/** The server reads its files when it is told of a change, and once a minute in any case. */
async function waitUntilPresented(address: string, certificatePem: string): Promise<void> {
  const isPresented = async (): Promise<boolean> =>
    (await presentedCertificate(address, API_PORT)) === pemBody(certificatePem);
  if (await eventually(isPresented, { timeoutMs: 90_000, everyMs: 100 })) return;
  throw new Error(`The API server at ${address} has not taken the new certificate within 90 s; see kube-apiserver.log`);
}

/** The first certificate of a PEM text without its armour. */
function pemBody(pem: string): string {
  const [, body = ''] = /-----BEGIN CERTIFICATE-----([^-]*)-----END/.exec(pem) ?? [];
  return body.replaceAll(/\s/g, '');
}

function authorityFiles(folder: string): Omit<AuthorityFiles, 'address'> {
  const inside = (name: string): string => join(folder, 'authorities', name);
  return { bundle: inside('bundle.crt'), serving: { cert: inside('serving.crt'), key: inside('serving.key') } };
}

const stateFile = (folder: string): string => join(folder, 'authorities', 'authorities.json');

async function readAuthorities(folder: string): Promise<OwnAuthority> {
  // Written by writeAuthorities below.
  return JSON.parse(await readFile(stateFile(folder), 'utf8')) as OwnAuthority;
}

/** The key before the certificate: the server keeps the old pair while the two do not fit. */
async function writeAuthorities(folder: string, own: OwnAuthority): Promise<void> {
  const { bundle, serving } = authorityFiles(folder);
  const contents = authorityContents(own);
  await replace(stateFile(folder), JSON.stringify(own));
  await replace(bundle, contents.bundle);
  await replace(serving.key, contents.key);
  await replace(serving.cert, contents.cert);
}

async function replace(file: string, text: string): Promise<void> {
  const unfinished = join(dirname(file), `.${process.pid}.new`);
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, file);
}
