import { X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { eventually } from '../../hack/cluster/eventually.ts';
import { nova } from '../../openstack/compute/nova-client.ts';
import { magnum } from '../../openstack/container-infra/magnum-client.ts';
import type { Magnum } from '../../openstack/container-infra/magnum.ts';
import { neutron } from '../../openstack/network/neutron-client.ts';
import { failedWith } from '../../openstack/openstack-error.ts';
import { openFake, type OpenedCloud } from './s3/s3-world.ts';

// The S3 client is loaded and compiled with the first use: seconds on a busy machine.
jest.setTimeout(60_000);

let cloud: FakeCloud;
let opened: OpenedCloud;
let client: Magnum;

beforeAll(async () => {
  cloud = await startFakeCloud({ clusterCount: 205, quotas: { clusters: 300 } });
  opened = await openFake(cloud);
  client = magnum(opened.session);
});
afterAll(async () => {
  await opened.session.close();
  await cloud.close();
});

describe('the clients of Magnum, Nova and Neutron', () => {
  it('list all clusters of a project, each once', async () => {
    const clusters = await client.clusters();
    expect(clusters).toHaveLength(205);
    expect(new Set(clusters.map(({ uuid }) => uuid)).size).toBe(205);
  });

  it('order a cluster, follow it, read its authority and groups, and delete it', async () => {
    const order = { name: 'ordered', cluster_template_id: cloud.facts.template, keypair: cloud.facts.keypair };
    const { uuid } = await client.createCluster({ ...order, node_count: 2, merge_labels: true, labels: { a: '1' } });
    const isUp = async (): Promise<boolean> => (await client.cluster(uuid)).status === 'CREATE_COMPLETE';
    expect(await eventually(isUp, { timeoutMs: 10_000, everyMs: 50 })).toBe(true);
    expect(await client.cluster('ordered')).toMatchObject({ uuid, node_count: 2, labels: { a: '1' } });
    expect((await client.nodeGroups(uuid)).map(({ name }) => name).sort()).toEqual([
      'default-master',
      'default-worker',
    ]);
    expect(new X509Certificate(await client.authority(uuid)).ca).toBe(true);
    await client.deleteCluster(uuid);
    const isGone = (): Promise<boolean> =>
      client.cluster(uuid).then(
        () => false,
        (error: unknown) => failedWith(error, 'NotFound'),
      );
    expect(await eventually(isGone, { timeoutMs: 10_000, everyMs: 50 })).toBe(true);
  }, 30_000);

  it('tell templates by name, the quota, and what a template is not', async () => {
    expect(await client.clusterTemplate(cloud.facts.template)).toMatchObject({ coe: 'kubernetes' });
    expect(await client.clusterQuota(cloud.facts.project.id)).toBe(300);
    await expect(client.clusterTemplate('nope')).rejects.toMatchObject({ facts: { failure: 'NotFound' } });
  });

  it('import a keypair once, and know flavors, limits, networks and addresses', async () => {
    const compute = nova(opened.session);
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk1hvVyIcWg0e0CdyLpfWTgPkYTWxkYMFyy5wAD2rRp me';
    await compute.importKeypair('mine', key);
    expect((await compute.keypairs()).map(({ name }) => name)).toEqual(expect.arrayContaining(['mine', 'demo-key']));
    await expect(compute.importKeypair('mine', key)).rejects.toMatchObject({ facts: { failure: 'Conflict' } });
    expect((await compute.flavors()).map(({ name }) => name)).toContain(cloud.facts.flavor);
    expect((await compute.limits()).instances.limit).toBeGreaterThan(0);
    const network = neutron(opened.session);
    expect(await network.externalNetworks()).toMatchObject([{ name: cloud.facts.externalNetwork }]);
    expect(await network.floatingIpLimit(cloud.facts.project.id)).toMatchObject({ used: 0 });
  });

  it('go on after a token has ended and after a service was busy, without a second order', async () => {
    cloud.expireTokens();
    cloud.fail({ service: 'container-infra', method: 'GET' }, { status: 503 }, 2);
    expect(await client.clusters()).toHaveLength(205);
    cloud.forget();
    cloud.fail({ service: 'container-infra', method: 'POST' }, { status: 500 }, 1);
    const order = { name: 'never', cluster_template_id: cloud.facts.template };
    await expect(client.createCluster(order)).rejects.toMatchObject({ facts: { failure: 'ServerError' } });
    expect(cloud.requests({ service: 'container-infra', method: 'POST' })).toHaveLength(1);
  });
});
