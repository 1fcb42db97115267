import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';

import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { run } from '../../hack/run.ts';
import { runHook, type Ended } from '../hook-process.ts';
import { applyCrds } from '../operator/apply-crds.ts';
import { containers, objectsOf, render, type Rendered } from './chart.ts';

const NAMESPACE = 'spark-operator';
const CLOUDS_SECRET = '/etc/openstack';
const KEYS_SECRET = '/etc/openstack-s3';
/** What Helm makes for a hook beside its Job. */
const RBAC = /^(ServiceAccount|(Cluster)?Role(Binding)?)$/;

describe('openstack-init and cleanup with the rights and arguments of the chart', () => {
  let plane: ControlPlane;
  let cloud: FakeCloud;
  let folder: string;
  let clouds: string;
  let keys: string;
  let told: string[] = [];

  const kubectl = async (args: readonly string[], input = ''): Promise<string> =>
    (await run(kubectlPath(), ['--kubeconfig', plane.kubeconfig, ...args], { input })).stdout;
  const read = async (...args: readonly string[]): Promise<string> =>
    kubectl(['-n', NAMESPACE, 'get', ...args, '--ignore-not-found', '-o', 'yaml']);

  beforeAll(async () => {
    plane = await startControlPlane({ name: 'openstack-hook' });
    folder = await mkdtemp(join(tmpdir(), 'spark-operator-openstack-hook-'));
    await kubectl(['create', 'namespace', NAMESPACE]);
    await applyCrds(plane.kubeconfig);
  }, 120_000);

  afterAll(async () => {
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    [clouds, keys] = [join(folder, 'clouds'), join(folder, 'keys')];
    await mkdir(clouds);
    await mkdir(keys);
    await start();
    told = [];
  }, 30_000);

  afterEach(async () => {
    for (const secret of cloud.secrets()) expect(told.join('\n')).not.toContain(secret);
    await cloud.close();
    for (const path of [clouds, keys]) await rm(path, { recursive: true });
    const kinds = 'secrets,configmaps,sparkpoddefaults';
    await kubectl([
      '-n',
      NAMESPACE,
      'delete',
      kinds,
      'spark-s3',
      'opsparkctl-state',
      'openstack-s3',
      '--ignore-not-found',
    ]);
  }, 60_000);

  const start = async (options: Parameters<typeof startFakeCloud>[0] = {}): Promise<void> => {
    cloud = await startFakeCloud(options);
    await cp(cloud.cloudsFile, join(clouds, 'clouds.yaml'));
  };
  const restart = async (options: Parameters<typeof startFakeCloud>[0]): Promise<void> => {
    await cloud.close();
    await start(options);
  };

  /** Runs a hook as its Job would: with its account, its flags, and the Secrets as files. */
  const hook = async (name: 'openstack-init' | 'cleanup', openstack: object = {}): Promise<Ended> => {
    const objects = objectsOf(await render({ openstack: { enabled: true, cloud: 'demo', ...openstack } }));
    await applyRights(objects, name);
    const args = containers(objects).find(({ args: found }) => found?.[1] === name)?.args ?? [];
    const here = args.slice(1).map((arg) => arg.replace(KEYS_SECRET, keys).replace(CLOUDS_SECRET, clouds));
    const { hostname, port } = new URL(plane.server);
    const env = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port, NO_PROXY: '*' };
    const ended = await runHook([...here, `--service-account-dir=${await account(name)}`], env);
    told.push(JSON.stringify(ended.line), ended.log);
    return ended;
  };

  const applyRights = async (objects: ReadonlyMap<string, Rendered>, name: string): Promise<void> => {
    const items = [...objects.values()].filter(
      ({ kind, metadata }) => RBAC.test(kind) && metadata.name === `spark-operator-hook-${name}`,
    );
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  };

  const account = async (name: string): Promise<string> => {
    const dir = join(folder, `account-${name}`);
    await mkdir(dir, { recursive: true });
    const config = parse(await readFile(plane.kubeconfig, 'utf8')) as Kubeconfig;
    const authority = config.clusters[0]?.cluster;
    const ca = authority?.['certificate-authority-data'];
    const text = ca === undefined ? await readFile(authority?.['certificate-authority'] ?? '', 'utf8') : decoded(ca);
    await writeFile(join(dir, 'ca.crt'), text);
    await writeFile(
      join(dir, 'token'),
      await kubectl(['-n', NAMESPACE, 'create', 'token', `spark-operator-hook-${name}`]),
    );
    return dir;
  };

  const init = (openstack: object = {}): Promise<Ended> => hook('openstack-init', openstack);

  it('makes bucket, marker, key, Secret, defaults and state; the second time it changes nothing', async () => {
    const first = await init({ clusterName: 'demo', clusterUuid: '11111111-2222-3333-4444-555555555555' });
    expect(first).toMatchObject({ code: 0, line: { hook: 'openstack-init', outcome: 'ok', changed: true } });
    const [bucket] = cloud.buckets();
    expect(cloud.buckets()).toHaveLength(1);
    expect(bucket).toMatchObject({ name: `demo-${cloud.facts.project.id.slice(0, 8)}`, keys: ['spark-events/'] });
    const [key] = cloud.credentials();
    expect(cloud.credentials()).toHaveLength(1);
    const before = await read('secrets/spark-s3', 'sparkpoddefaults/openstack-s3', 'configmaps/opsparkctl-state');
    expect(before).toContain(`AWS_ACCESS_KEY_ID: ${Buffer.from(key?.id ?? '').toString('base64')}`);
    expect(before).toContain(`spark.eventLog.dir: s3a://${bucket?.name ?? ''}/spark-events`);
    expect(before).toContain('clusterUuid: 11111111-2222-3333-4444-555555555555');

    const second = await init({ clusterName: 'demo', clusterUuid: '11111111-2222-3333-4444-555555555555' });
    expect(second).toMatchObject({
      code: 0,
      line: { outcome: 'ok', changed: false, keyMade: false, bucketMade: false },
    });
    expect(await read('secrets/spark-s3', 'sparkpoddefaults/openstack-s3', 'configmaps/opsparkctl-state')).toBe(before);
    expect([cloud.buckets(), cloud.credentials()]).toEqual([[bucket], [key]]);
  }, 120_000);

  it('finds its cluster in Magnum by name', async () => {
    await restart({ clusterCount: 1 });
    const { line } = await init({ clusterName: 'cluster-001' });
    expect(line).toMatchObject({ outcome: 'ok', clusterUuid: cloud.clusters()[0]?.uuid });
  }, 60_000);

  it('adopts the region that the object store names', async () => {
    await restart({ s3Region: 'elsewhere' });
    const ended = await init({ s3: { region: 'wrong' } });
    expect(ended).toMatchObject({ code: 0, line: { outcome: 'ok', region: 'elsewhere' } });
  }, 60_000);

  it('trusts the authority in the Secret, whatever path clouds.yaml names', async () => {
    await restart({ tls: true });
    await rewriteClouds((entry) => ({ ...entry, cacert: '/home/me/ca.pem' }));
    await writeFile(join(clouds, 'ca.pem'), cloud.caPem ?? '');
    await expect(init()).resolves.toMatchObject({ code: 0, line: { outcome: 'ok' } });
  }, 60_000);

  it('takes the password from secure.yaml', async () => {
    const password = await rewriteClouds(({ auth, ...entry }) => ({
      ...entry,
      auth: { ...auth, password: undefined },
    }));
    await writeFile(join(clouds, 'secure.yaml'), stringify({ clouds: { demo: { auth: { password } } } }));
    await expect(init()).resolves.toMatchObject({ code: 0, line: { outcome: 'ok' } });
  }, 60_000);

  it('uses keys that a person made, for a login that may make none', async () => {
    await init({ bucket: 'spark-logs' });
    const data = JSON.parse(
      await kubectl(['-n', NAMESPACE, 'get', 'secret', 'spark-s3', '-o', 'jsonpath={.data}']),
    ) as Readonly<Record<string, string>>;
    for (const [name, value] of Object.entries(data)) await writeFile(join(keys, name), `${decoded(value)}\n`);
    await kubectl(['-n', NAMESPACE, 'delete', 'secret', 'spark-s3']);
    const ended = await init({ cloud: 'demo-app', bucket: 'spark-logs', s3: { keysSecret: 'mine' } });
    expect(ended).toMatchObject({ code: 0, line: { outcome: 'ok', keyOurs: false, secret: 'created' } });
    expect(cloud.credentials()).toHaveLength(1);
  }, 60_000);

  /** Changes the entry `demo`; answers its password. */
  const rewriteClouds = async (change: (entry: Entry) => object): Promise<string> => {
    const path = join(clouds, 'clouds.yaml');
    // The fake cloud wrote it.
    const file = parse(await readFile(path, 'utf8')) as { readonly clouds: Readonly<Record<string, Entry>> };
    const { demo } = file.clouds;
    if (demo === undefined) throw new Error('The fake cloud has no entry demo');
    await writeFile(path, stringify({ clouds: { ...file.clouds, demo: change(demo) } }));
    return demo.auth.password ?? '';
  };

  interface Refusal {
    readonly given: (world: {
      readonly cloud: FakeCloud;
      readonly clouds: string;
      readonly rewrite: typeof rewriteClouds;
    }) => Promise<object | undefined>;
    readonly want: { readonly cause: string; readonly message: RegExp; readonly remedy: RegExp };
  }

  const refusals: Record<string, Refusal> = {
    'a wrong password': {
      given: async () => Promise.resolve({ cloud: 'demo-wrong' }),
      want: {
        cause: 'LoginRefused',
        message: /does not accept the login "demo-wrong" \(password of user demo\)/,
        remedy: /Correct clouds.yaml in the Secret spark-operator\/openstack-clouds/,
      },
    },
    'a restricted application credential': {
      given: async () => Promise.resolve({ cloud: 'demo-app' }),
      want: {
        cause: 'KeysRefused',
        message: /make no S3 keys/,
        remedy: /openstack\.s3\.keysSecret, or put a login with a password/,
      },
    },
    'a bucket of another project': {
      given: async ({ cloud: fake, clouds: path }) => {
        await cp(fake.cloudsFile, join(path, 'clouds.yaml'));
        return { cloud: 'demo', bucket: 'taken' };
      },
      want: { cause: 'BucketTaken', message: /"taken" belongs to another project/, remedy: /Set openstack\.bucket/ },
    },
    'a Keystone that cannot be reached': {
      given: async ({ cloud: fake }) => {
        await fake.down();
        return {};
      },
      want: { cause: 'KeystoneUnreachable', message: /cannot be reached/, remedy: /Correct auth_url/ },
    },
    'a cloud without an object store': {
      given: async ({ rewrite }) => {
        await rewrite((entry) => ({ ...entry, region_name: 'Nowhere' }));
        return {};
      },
      want: {
        cause: 'NoObjectStore',
        message: /no endpoint of type object-store/,
        remedy: /Set openstack\.s3\.endpoint/,
      },
    },
    'an entry that clouds.yaml does not have': {
      given: async () => Promise.resolve({ cloud: 'nobody' }),
      want: { cause: 'CloudsFileWrong', message: /nobody/, remedy: /openstack\.cloud/ },
    },
    'a Secret that is missing': {
      given: async ({ clouds: path }) => {
        await rm(join(path, 'clouds.yaml'));
        return {};
      },
      want: {
        cause: 'CloudsSecretMissing',
        message: /does not exist/,
        remedy: /kubectl -n spark-operator create secret/,
      },
    },
    'keys that are missing': {
      given: async () => Promise.resolve({ s3: { keysSecret: 'mine' } }),
      want: { cause: 'KeysSecretMissing', message: /spark-operator\/mine/, remedy: /AWS_SECRET_ACCESS_KEY/ },
    },
  };

  it.each(Object.entries(refusals))(
    'says what is wrong, and what to do, with %s; corrected, it succeeds',
    async (_name, { given, want }) => {
      if (want.cause === 'BucketTaken') {
        await restart({ bucketNames: 'global' });
        await expect(init({ cloud: 'other', bucket: 'taken' })).resolves.toMatchObject({ code: 0 });
        await kubectl(['-n', NAMESPACE, 'delete', 'secret', 'spark-s3']);
      }
      const ended = await init(await given({ cloud, clouds, rewrite: rewriteClouds }));
      expect(ended).toMatchObject({
        code: 1,
        line: {
          outcome: 'failed',
          cause: want.cause,
          message: expect.stringMatching(want.message),
          remedy: expect.stringMatching(want.remedy),
        },
      });
      const buckets = cloud.buckets().length;
      if (want.cause === 'KeystoneUnreachable') await cloud.up();
      await cp(cloud.cloudsFile, join(clouds, 'clouds.yaml'));
      await expect(init()).resolves.toMatchObject({ code: 0, line: { outcome: 'ok' } });
      expect(cloud.buckets()).toHaveLength(buckets + 1);
    },
    180_000,
  );

  const silent: Record<string, { service: 'identity' | 'object-store'; cause: string; message: RegExp }> = {
    Keystone: { service: 'identity', cause: 'KeystoneUnreachable', message: /still trying to log in to Keystone/ },
    'the object store': {
      service: 'object-store',
      cause: 'NotDoneInTime',
      message: /still trying to prepare the bucket logs/,
    },
  };
  it.each(Object.entries(silent))(
    'ends in its time, with its line, while %s says nothing',
    async (_name, { service, cause, message }) => {
      cloud.fail({ service }, 'hang', 1000);
      const started = Date.now();
      const ended = await init({ timeout: '8s', bucket: 'logs' });
      expect(Date.now() - started).toBeLessThan(30_000);
      expect(ended).toMatchObject({ code: 1, line: { cause, message: expect.stringMatching(message) } });
    },
    60_000,
  );

  it('goes on without the Secret where the values say so', async () => {
    await rm(join(clouds, 'clouds.yaml'));
    const ended = await init({ cloudsSecret: { optional: true } });
    expect(ended).toMatchObject({ code: 0, line: { outcome: 'ok', skipped: true } });
    await expect(read('secrets', 'spark-s3')).resolves.toBe('');
  }, 60_000);

  describe('cleanup', () => {
    it('gives the key back when asked to, and keeps the bucket', async () => {
      await init();
      const ended = await hook('cleanup', { cleanup: true });
      expect(ended).toMatchObject({ code: 0, line: { outcome: 'ok', message: '3 deleted, 3 absent' } });
      expect(cloud.credentials()).toEqual([]);
      expect(cloud.buckets()).toHaveLength(1);
      await expect(read('secrets', 'spark-s3')).resolves.toBe('');
      await expect(read('sparkpoddefaults', 'openstack-s3')).resolves.toBe('');
    }, 60_000);

    it('touches nothing of the cloud unless asked to', async () => {
      await init();
      const ended = await hook('cleanup');
      expect(ended).toMatchObject({ code: 0, line: { outcome: 'ok' } });
      expect(cloud.credentials()).toHaveLength(1);
      await expect(read('secrets', 'spark-s3')).resolves.toContain('AWS_ACCESS_KEY_ID');
    }, 60_000);

    it('ends in time without Keystone, names the key, and keeps the Secret that knows it', async () => {
      await init();
      const [key] = cloud.credentials();
      await cloud.down();
      const started = Date.now();
      const ended = await hook('cleanup', { cleanup: true });
      expect(Date.now() - started).toBeLessThan(50_000);
      expect(ended).toMatchObject({ code: 0, line: { outcome: 'failed' } });
      expect(ended.line['message']).toContain(`EC2 credential ${key?.id ?? ''}`);
      await expect(read('secrets', 'spark-s3')).resolves.toContain('AWS_ACCESS_KEY_ID');
      await cloud.up();
      expect(cloud.buckets()).toHaveLength(1);
    }, 90_000);
  });
});

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly 'certificate-authority-data'?: string; readonly 'certificate-authority'?: string };
  }[];
}

/** An entry of clouds.yaml with a password. */
interface Entry {
  readonly auth: { readonly password?: string };
  readonly [key: string]: unknown;
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
