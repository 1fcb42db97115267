import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';

import { helmPath, kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { run } from '../../hack/run.ts';
import { watchProcesses } from './process-watch.ts';
import { spawnOpsparkctl } from './spawn-opsparkctl.ts';

jest.setTimeout(120_000);

let cloud: FakeCloud;
let controlPlane: ControlPlane;
let home: string;
/** Everything secret that ever was, with what it is a part of. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'opsparkctl-secrets-'));
  [cloud, controlPlane] = await Promise.all([startFakeCloud(), startControlPlane({ name: 'secrets' })]);
});
afterAll(async () => {
  await Promise.all([cloud.close(), controlPlane.stop(), rm(home, { recursive: true, force: true })]);
});

/** Standard error of all commands. */
let printed = '';

const kubeconfig = (): string => join(home, '.kube', 'config');
const onCluster = ['--no-wait', '--set', 'hook.enable=false'];

/** A person's way through all of it. The operator goes onto an API server beside the cloud: clusters of the fake have none. */
const commands: readonly (readonly string[])[] = [
  ['doctor'],
  ['create', 'kube', 'demo', '--template', 'k8s', '--no-write-kubeconfig'],
  ['kubeconfig', 'demo'],
  ['status'],
  ['status', 'demo'],
  ['s3', 'init', 'demo'],
  ['create', 'spark', '--dry-run'],
  ['create', 'spark', ...onCluster],
  ['create', 'spark-history', '--no-wait'],
  ['update', 'spark', ...onCluster],
  ['delete', 'kube', 'demo', '--yes'],
];

/** Where it may be only: the person's kubeconfig, and the Secret of the Spark pods. */
const SECRET_OF_PODS = 'spark-s3';

describe('secrets', () => {
  it.each(commands.map((args) => [args.join(' '), args] as const))(
    'are not shown by %s --debug',
    async (_title, args) => {
      const onKubernetes = args.some((arg) => arg.startsWith('spark'));
      const env = { OPSPARKCTL_HELM: helmPath(), ...(onKubernetes ? { KUBECONFIG: controlPlane.kubeconfig } : {}) };
      const child = spawnOpsparkctl([...args, '--debug'], { cloud, home, env });
      const shown = watchProcesses(child.pid);
      const { code, out, err } = await child.ended;
      const processes = shown();
      // Nothing listens where the cluster should be: status says so.
      const ends = args.join(' ') === 'status demo' ? 9 : 0;
      expect({ code, err }).toMatchObject({ code: ends });
      printed += err;
      await learnSecrets();
      expectNoSecret('its output', out + err);
      expect(processes).toContain('--debug');
      expectNoSecret('a process', processes);
      for (const file of await filesBelow(home)) {
        // Kubeconfigs, and what they were before.
        if (file.startsWith(kubeconfig())) expect((await stat(file)).mode & 0o777).toBe(0o600);
        else expectNoSecret(file, await readFile(file, 'latin1'));
      }
    },
  );

  it('are in no object of the cluster but the one for Spark pods, nor in what Helm keeps', async () => {
    const kinds = 'secrets,configmaps,sparkpoddefaults,deployments,jobs,events,serviceaccounts';
    const objects = await objectsOf(kinds);
    const named = (name: string) => objects.filter(({ metadata }) => metadata.name === name);
    expect(named('opsparkctl-state')).toHaveLength(1);
    expect(named(SECRET_OF_PODS)).toHaveLength(1);
    for (const object of objects.filter(({ metadata }) => metadata.name !== SECRET_OF_PODS)) {
      const { kind, metadata, data = {} } = object;
      const decoded = Object.values(data).map((value) => plain(value));
      expectNoSecret(`${kind} ${metadata.name}`, [JSON.stringify(object), ...decoded].join('\n'));
    }
    expect(objects.some(({ metadata }) => metadata.name.startsWith('sh.helm.release.v1.'))).toBe(true);
  });

  it('were those that there are, and the requests were shown', () => {
    expect(printed).toMatch(/\b(GET|POST) http/);
    const places = [...secrets.values()];
    for (const place of ['a secret of the cloud', 'an S3 key', 'a private key']) expect(places).toContain(place);
    expect(secrets.size).toBeGreaterThan(20);
  });
});

/** Collects what is secret now: it may be gone later. */
async function learnSecrets(): Promise<void> {
  for (const secret of cloud.secrets()) secrets.set(secret, 'a secret of the cloud');
  for (const { metadata, data } of await objectsOf('secrets')) {
    const key = metadata.name === SECRET_OF_PODS ? data?.['AWS_SECRET_ACCESS_KEY'] : undefined;
    if (key !== undefined) secrets.set(Buffer.from(key, 'base64').toString(), 'an S3 key');
  }
  for (const line of await privateKeyLines()) secrets.set(line, 'a private key');
}

/** The full lines of the keys in the kubeconfig. */
async function privateKeyLines(): Promise<readonly string[]> {
  // Written by opsparkctl.
  const written = parse(await readFile(kubeconfig(), 'utf8').catch(() => '')) as Kubeconfig | null;
  const keys = written?.users?.map(({ user }) => Buffer.from(user['client-key-data'] ?? '', 'base64').toString()) ?? [];
  return keys.flatMap((key) => key.split('\n').filter((one) => one.length === 64));
}

/** Also as base64 has it. */
function expectNoSecret(place: string, text: string): void {
  for (const [secret, from] of secrets) {
    const found = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')].some((one) => text.includes(one));
    // The secret itself is not for the log of a test either.
    if (found) throw new Error(`${place} shows ${from}`);
  }
}

interface Kubeconfig {
  readonly users?: readonly { readonly user: Readonly<Record<string, string>> }[];
}

interface Kept {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

const kubectl = (args: readonly string[]) => run(kubectlPath(), args, { env: { KUBECONFIG: controlPlane.kubeconfig } });

const objectsOf = async (kinds: string): Promise<readonly Kept[]> =>
  itemsOf((await kubectl(['get', kinds, '-A', '-o', 'json'])).stdout);

/** What kubectl prints. */
const itemsOf = (text: string): readonly Kept[] => (JSON.parse(text) as { readonly items: readonly Kept[] }).items;

/** Data of a Secret; that of a Helm release is base64 and gzip once more. */
function plain(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  const inner = Buffer.from(bytes.toString('latin1'), 'base64');
  return inner[0] === 0x1f && inner[1] === 0x8b ? gunzipSync(inner).toString() : bytes.toString('latin1');
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
