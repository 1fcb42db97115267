import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import { keystone } from '../../../openstack/identity/keystone-client.ts';
import { ensureS3Defaults } from '../../../openstack/s3/ensure-s3-defaults.ts';
import { removeS3Keys } from '../../../openstack/s3/remove-s3.ts';
import { secretState } from '../../../openstack/s3/secret-state.ts';
import { type MemoryKube, memoryKube } from '../memory-kube.ts';
import { Killed, mortal } from './mortal-world.ts';
import { openFake, type OpenedCloud, request, s3World } from './s3-world.ts';

// The S3 client is loaded and compiled with the first use: seconds on a busy machine.
jest.setTimeout(60_000);

let cloud: FakeCloud;
let opened: OpenedCloud;
let kube: MemoryKube;

const open = async (options: Parameters<typeof startFakeCloud>[0] = {}, entry = 'demo'): Promise<void> => {
  cloud = await startFakeCloud(options);
  opened = await openFake(cloud, entry);
  kube = memoryKube();
};

beforeEach(() => open());
afterEach(async () => {
  await opened.session.close();
  await cloud.close();
});

const secretNow = () => secretState(kube.objects.get('secrets/spark-operator/spark-s3'));
const ec2Keys = (): string[] => cloud.credentials().flatMap(({ kind, id }) => (kind === 'ec2' ? [id] : []));

describe('ensureS3Defaults', () => {
  it('makes key, Secret, bucket, marker and defaults, and leaves them alone the second time', async () => {
    const first = await ensureS3Defaults(s3World(opened, kube.client), request);
    expect(first).toMatchObject({
      ...{ bucketMade: true, keyMade: true, keyOurs: true, secret: 'created', podDefaults: 'created' },
      ...{ region: cloud.facts.s3Region, endpoint: cloud.facts.s3Endpoint, accessKey: ec2Keys()[0] },
    });
    expect(cloud.buckets()).toMatchObject([{ name: first.bucket, keys: ['spark-events/'] }]);
    const before = new Map(kube.objects);
    const second = await ensureS3Defaults(s3World(opened, kube.client), request);
    expect(second).toMatchObject({
      ...{ bucketMade: false, keyMade: false, keyOurs: true, secret: 'unchanged', podDefaults: 'unchanged' },
      ...{ accessKey: first.accessKey },
    });
    expect(new Map(kube.objects)).toEqual(before);
  });

  it('puts the secret into the data of the Secret and nowhere else', async () => {
    await ensureS3Defaults(s3World(opened, kube.client), request);
    const state = secretNow();
    const secretKey = state.kind === 'filled' ? state.keys.secretKey : '';
    expect(cloud.secrets()).toContain(secretKey);
    expect(JSON.stringify([...kube.objects.values()])).not.toContain(secretKey);
  });

  it.each(['before', 'after'] as const)(
    'killed %s any of its effects, is taken up without a second key or bucket',
    async (moment) => {
      let deaths = 0;
      for (let at = 1, died = true; died; at++) {
        const { world, effects } = mortal(s3World(opened, kube.client), { at, moment });
        died = await ensureS3Defaults(world, request).then(
          () => false,
          (error: unknown) => error instanceof Killed,
        );
        if (died) deaths++;
        const outcome = await ensureS3Defaults(s3World(opened, kube.client), request);
        expect(ec2Keys()).toEqual([outcome.accessKey]);
        expect(secretNow()).toMatchObject({ kind: 'filled', keys: { accessKey: outcome.accessKey, ours: true } });
        expect(cloud.buckets()).toMatchObject([{ keys: ['spark-events/'] }]);
        expect(effects()).toBeGreaterThanOrEqual(Math.min(at, deaths));
        await removeS3Keys({ session: opened.session, client: kube.client }, request);
        expect([ec2Keys(), kube.objects.size]).toEqual([[], 0]);
      }
      // Claim, key, Secret, bucket, marker, defaults.
      expect(deaths).toBe(6);
    },
    60_000,
  );

  it('killed after it made a key, leaves none behind when it is undone instead', async () => {
    const { world } = mortal(s3World(opened, kube.client), { at: 2, moment: 'after' });
    await expect(ensureS3Defaults(world, request)).rejects.toThrow(Killed);
    expect(ec2Keys()).toHaveLength(1);
    const removed = await removeS3Keys({ session: opened.session, client: kube.client }, request);
    expect(removed).toMatchObject({ key: 'deleted', secret: 'deleted' });
    expect(ec2Keys()).toEqual([]);
  });

  it('run twice at the same moment, ends with one key that both know', async () => {
    const both = await Promise.all([1, 2].map(() => ensureS3Defaults(s3World(opened, kube.client), request)));
    expect(new Set(both.map(({ accessKey }) => accessKey)).size).toBe(1);
    expect(ec2Keys()).toEqual([both[0]?.accessKey]);
  });

  it('does not take the key of another cluster for its own, nor guess between two', async () => {
    const { world } = mortal(s3World(opened, kube.client), { at: 2, moment: 'before' });
    await expect(ensureS3Defaults(world, request)).rejects.toThrow(Killed);
    const others = keystone(opened.session);
    const [one, two] = [await others.createEc2Key(), await others.createEc2Key()];
    const outcome = await ensureS3Defaults(s3World(opened, kube.client), {
      ...request,
      foreignAccessKeys: [one.access],
    });
    expect(outcome).toMatchObject({ accessKey: two.access, keyMade: false, warnings: [expect.any(String)] });

    await removeS3Keys({ session: opened.session, client: kube.client }, request);
    await expect(
      ensureS3Defaults(mortal(s3World(opened, kube.client), { at: 2, moment: 'before' }).world, request),
    ).rejects.toThrow(Killed);
    const strangers = [await others.createEc2Key(), await others.createEc2Key()].map(({ access }) => access);
    const own = await ensureS3Defaults(s3World(opened, kube.client), request);
    expect(own.keyMade).toBe(true);
    expect(own.warnings.join()).toContain(strangers[0]);
  });

  it('makes a new key when somebody deleted the one in the Secret', async () => {
    const { accessKey } = await ensureS3Defaults(s3World(opened, kube.client), request);
    await keystone(opened.session).deleteEc2Key(accessKey);
    const again = await ensureS3Defaults(s3World(opened, kube.client), request);
    expect(again).toMatchObject({ keyMade: true, secret: 'updated', podDefaults: 'unchanged', bucketMade: false });
    expect(ec2Keys()).toEqual([again.accessKey]);
  });

  it('takes keys that are given, without asking for any', async () => {
    const { access, secret } = await keystone(opened.session).createEc2Key();
    cloud.forget();
    const given = { ...request, keys: { accessKey: access, secretKey: secret } };
    expect(await ensureS3Defaults(s3World(opened, kube.client), given)).toMatchObject({
      ...{ accessKey: access, keyMade: false, keyOurs: false, secret: 'created' },
    });
    expect(await ensureS3Defaults(s3World(opened, kube.client), given)).toMatchObject({ secret: 'unchanged' });
    expect(cloud.requests({ path: /OS-EC2/ })).toEqual([]);
    expect(await removeS3Keys({ session: opened.session, client: kube.client }, request)).toMatchObject({
      ...{ key: 'absent', secret: 'deleted', podDefaults: 'deleted' },
    });
    expect(ec2Keys()).toEqual([access]);
  });

  it('names the key of its own that given keys take the place of', async () => {
    const { accessKey } = await ensureS3Defaults(s3World(opened, kube.client), request);
    const { access, secret } = await keystone(opened.session).createEc2Key();
    const given = { ...request, keys: { accessKey: access, secretKey: secret } };
    const outcome = await ensureS3Defaults(s3World(opened, kube.client), given);
    expect(outcome.secret).toBe('updated');
    expect(outcome.warnings.join()).toContain(accessKey);
  });

  it('needs no login when bucket, endpoint and keys are given', async () => {
    const { access, secret } = await keystone(opened.session).createEc2Key();
    const world = { ...s3World(opened, kube.client), session: undefined, config: undefined };
    const keys = { accessKey: access, secretKey: secret };
    const outcome = await ensureS3Defaults(world, {
      ...request,
      keys,
      bucket: 'given',
      endpoint: cloud.facts.s3Endpoint,
    });
    expect(outcome).toMatchObject({ bucket: 'given', region: cloud.facts.s3Region });
  });

  it('leaves a Secret without keys that is not ours alone', async () => {
    await kube.client.create(
      { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true },
      {
        metadata: { name: 'spark-s3', namespace: 'spark-operator' },
      },
    );
    await expect(ensureS3Defaults(s3World(opened, kube.client), request)).rejects.toMatchObject({ exitCode: 6 });
    expect(await removeS3Keys({ session: opened.session, client: kube.client }, request)).toMatchObject({
      secret: 'kept',
    });
  });
});

describe('a Keystone with the fixes of 2026', () => {
  it('gives an application credential no keys: exit 4, and nothing is left behind', async () => {
    await opened.session.close();
    await cloud.close();
    await open({ policy: 'patched' }, 'demo-app');
    await expect(ensureS3Defaults(s3World(opened, kube.client), request)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining('--s3-access-key-file'),
    });
    expect([ec2Keys(), cloud.buckets(), kube.objects.size]).toEqual([[], [], 0]);
  });
});

describe('removeS3Keys', () => {
  it('deletes the remembered key when the cluster is gone, and is well when it is gone already', async () => {
    const { accessKey } = await ensureS3Defaults(s3World(opened, kube.client), request);
    const world = { session: opened.session, client: undefined };
    const asked = { operatorNamespace: 'spark-operator', accessKey };
    expect(await removeS3Keys(world, asked)).toMatchObject({ key: 'deleted', secret: 'kept' });
    expect(await removeS3Keys(world, asked)).toMatchObject({ key: 'absent' });
    expect(ec2Keys()).toEqual([]);
  });

  it('names the key when there is no cloud to ask', async () => {
    const { accessKey } = await ensureS3Defaults(s3World(opened, kube.client), request);
    const removed = await removeS3Keys({ session: undefined, client: kube.client }, request);
    expect(removed).toMatchObject({ key: 'kept', accessKeys: [accessKey], secret: 'deleted' });
    expect(removed.warnings.join()).toContain(accessKey);
  });
});
