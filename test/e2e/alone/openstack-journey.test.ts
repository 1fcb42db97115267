import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';

import { authorityHost } from '../../../hack/cluster/authorities.ts';
import { eventually } from '../../../hack/cluster/eventually.ts';
import { DEFAULT_NAME } from '../../../hack/cluster/options.ts';
import { startRealCloud, type RealCloud } from '../../../hack/real-cloud/real-cloud.ts';
import { passwordsOf } from '../../clouds-passwords.ts';
import { reach } from '../application.ts';
import type { Kubectl } from '../kubectl.ts';
import { load, preparedNodes } from '../nodes.ts';
import { packagedOpsparkctl, writeTranscript, type PackagedOpsparkctl, type Ran } from '../packaged-opsparkctl.ts';
import { piApplication } from '../pi.ts';
import { preparedCluster, type Prepared } from '../release.ts';

const RELEASE = 'journey';
const NAMESPACE = 'journey-operator';
const JOBS = 'journey-jobs';
const CLUSTER = 'demo';
const AWS_IMAGE = 'localhost/spark:4.0.1-aws';
const ON = ['--release', RELEASE];

/** The parts of a kubeconfig that are looked at. */
interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly server: string } }[];
  readonly users: readonly {
    readonly user: { readonly 'client-certificate-data': string; readonly 'client-key-data': string };
  }[];
}

interface Logged {
  readonly id: string;
  readonly attempts: readonly { readonly completed: boolean }[];
}

/**
 * A person with an OpenStack project and the package, from nothing to Spark and back. Keystone, Magnum, Nova, Glance and Swift are
 * real; Heat and Neutron are a stub that has the local Kubernetes play the machines.
 */
describe('opsparkctl on demand, from its package, on real OpenStack services', () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let cloud: RealCloud;
  let folder: string;
  let home: string;
  let opsparkctl: PackagedOpsparkctl;
  const secrets: string[] = [];

  const done = async (...args: readonly string[]): Promise<Ran> => {
    const ran = await opsparkctl.run(...args);
    if (ran.code !== 0)
      throw new Error(`opsparkctl ${args.join(' ')} ended with ${ran.code}\n${ran.stderr}${ran.stdout}`);
    return ran;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openstack-journey-'));
    home = join(folder, 'home');
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    await load(kubectl, 'spark-4.0.1-aws');
    await clear(cluster);
    cloud = await startRealCloud();
    secrets.push(...(await passwordsOf(cloud.cloudsFile)));
    await writeProfile(home);
    const env = { OS_CLIENT_CONFIG_FILE: cloud.cloudsFile, OS_CLOUD: 'demo' };
    opsparkctl = await packagedOpsparkctl({ folder, home, env });
  }, 1_200_000);

  afterAll(async () => {
    await writeTranscript(join(tmpdir(), 'openstack-journey-transcript.txt'), opsparkctl.ran);
    await clear(cluster).catch(() => undefined);
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }, 180_000);

  it('doctor finds nothing that is wrong', async () => {
    const { stdout } = await done('doctor');
    expect(stdout).toMatch(/^login +ok +demo \(Default\) by password/m);
    expect(stdout).toMatch(/^helm +ok/m);
    expect(stdout).not.toMatch(/ problem /);
  }, 120_000);

  it('create kube orders a cluster from Magnum and waits for it', async () => {
    await done('create', 'kube', CLUSTER, '--no-write-kubeconfig');
    const { stdout } = await done('status');
    expect(stdout).toMatch(/^demo +[0-9a-f-]{36} +CREATE_COMPLETE/m);
  }, 240_000);

  it('kubeconfig holds a client certificate that Magnum signed, and opens the cluster', async () => {
    await done('kubeconfig', CLUSTER, '--set-current');
    // The command wrote it.
    const written = parse(await readFile(join(home, '.kube/config'), 'utf8')) as Kubeconfig;
    const { 'client-certificate-data': certificate = '', 'client-key-data': key = '' } = written.users[0]?.user ?? {};
    secrets.push(key);
    expect(new X509Certificate(Buffer.from(certificate, 'base64')).subject.split('\n').sort()).toEqual([
      'CN=admin',
      'O=system:masters',
    ]);
    expect(written.clusters[0]?.cluster.server).toMatch(/^https:\/\/10\.99\.255\.\d+:6443$/);
  }, 120_000);

  it('create spark puts the operator and the S3 defaults on it', async () => {
    const made = await done('create', 'spark', ...ON);
    expect(made.stderr + made.stdout).toMatch(/bucket/);
    const key = await secretKey(kubectl);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    secrets.push(key, Buffer.from(key).toString('base64'));
    const again = await done('create', 'spark', ...ON, '-o', 'json');
    expect(again.stdout).not.toMatch(/"result": "(created|updated)"/);
  }, 420_000);

  it('a Pi writes its event log to Swift through S3, and the history server shows it', async () => {
    const spec = { image: AWS_IMAGE, driver: { serviceAccount: `${RELEASE}-spark` } };
    const app = { namespace: JOBS, name: 'pi' };
    await kubectl.text(['apply', '-f', '-'], JSON.stringify(piApplication({ ...app, spec })));
    const { status } = await reach(kubectl, app, 'COMPLETED', 300_000);
    const { stdout } = await done('create', 'spark-history', ...ON, '--service', 'NodePort', '-o', 'json');
    // The address of a node is not routed here: the node's end of the cable is.
    const url = `http://${authorityHost(DEFAULT_NAME) ?? ''}:${/:(3\d{4})\b/.exec(stdout)?.[1] ?? ''}`;
    let logged: readonly Logged[] = [];
    const shown = async (): Promise<boolean> => {
      const answer = await fetch(`${url}/api/v1/applications`);
      // The REST API of the history server.
      logged = (await answer.json()) as readonly Logged[];
      return logged.some(({ attempts }) => attempts.some(({ completed }) => completed));
    };
    await eventually(() => shown().catch(() => false), { timeoutMs: 120_000, everyMs: 1000 });
    expect(logged.map(({ id }) => id)).toEqual([status?.sparkApplicationId]);
  }, 900_000);

  it('status tells how all of it fares', async () => {
    const { stdout } = await done('status', CLUSTER);
    for (const what of ['CREATE_COMPLETE', 'history', 'certificate', 'nodes']) expect(stdout).toContain(what);
    const { stdout: json } = await done('status', CLUSTER, '-o', 'json');
    expect(() => JSON.parse(json) as unknown).not.toThrow();
  }, 120_000);

  it('delete kube takes the cluster, its key and its kubeconfig entry away, and keeps the bucket', async () => {
    await done('delete', 'kube', CLUSTER, '--yes');
    const { stdout } = await done('status', '-o', 'json');
    expect(stdout).not.toContain(CLUSTER);
    const { stdout: doctor } = await done('doctor');
    expect(doctor).toMatch(/0 EC2 keys in this project/);
    expect(await readFile(join(home, '.kube/config'), 'utf8')).not.toContain('client-certificate-data');
  }, 300_000);

  it('nothing of it showed a secret', async () => {
    expect(secrets.length).toBeGreaterThan(5);
    const said = opsparkctl.ran.flatMap(({ stdout, stderr, shownByProc }) => [stdout, stderr, shownByProc]);
    // A kubeconfig is there to hold a key; nothing else is.
    const kept = await filesBelow(home, '.kube');
    for (const secret of secrets) for (const text of [...said, ...kept]) expect(text.includes(secret)).toBe(false);
  });
});

/** What a site writes down once: here the images that were built on this machine. */
async function writeProfile(home: string): Promise<void> {
  const { operatorImage } = await preparedNodes();
  const [repository, tag] = operatorImage.split(/:(?=[^:/]+$)/);
  const [sparkRepository, sparkTag] = AWS_IMAGE.split(/:(?=[^:/]+$)/);
  const profile = {
    kube: { template: 'k8s', keypair: 'demo-key', nodeCount: 1 },
    spark: {
      namespace: NAMESPACE,
      jobNamespaces: [JOBS],
      values: {
        image: { registry: '', repository, tag },
        historyServer: { image: { registry: '', repository: sparkRepository, tag: sparkTag } },
      },
    },
  };
  await mkdir(join(home, '.config/opsparkctl'), { recursive: true });
  await writeFile(join(home, '.config/opsparkctl/opsparkctl.yaml'), stringify(profile));
}

async function clear({ helm, kubectl }: Prepared): Promise<void> {
  await helm(['uninstall', RELEASE, '--namespace', NAMESPACE, '--ignore-not-found', '--wait']).catch(() => '');
  await kubectl.text(['delete', 'namespace', NAMESPACE, JOBS, '--ignore-not-found', '--timeout', '120s']);
}

/** The EC2 secret of the cluster's S3 Secret. */
async function secretKey(kubectl: Kubectl): Promise<string> {
  const path = ['-o', 'jsonpath={.data.AWS_SECRET_ACCESS_KEY}'];
  const encoded = await kubectl.text(['-n', NAMESPACE, 'get', 'secret', 'spark-s3', ...path]);
  return Buffer.from(encoded, 'base64').toString();
}

async function filesBelow(folder: string, without: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(folder, without)))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map((file) => readFile(file, 'utf8')));
}
