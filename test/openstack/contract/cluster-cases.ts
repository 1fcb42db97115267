import { X509Certificate } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';

import { rsaKeyPair } from '../../../certificates/key-pair.ts';
import { signingRequest } from '../../../certificates/signing-request.ts';
import { listAt, textAt } from '../../../hack/fake-cloud/http/body.ts';
import { magnum } from '../../../openstack/container-infra/magnum-client.ts';
import type { Cluster, ClusterOrder, Magnum } from '../../../openstack/container-infra/magnum.ts';
import { failedWith } from '../../../openstack/openstack-error.ts';
import { type CloudUnderTest, said, until } from './cloud.ts';
import { EC_REQUEST } from './ec-request.ts';

const NEW = { 'openstack-api-version': 'container-infra 1.10' };
const REASON = 'No valid host was found. There are not enough hosts available.';
const settled = ({ status }: Cluster): boolean => /_(COMPLETE|FAILED)$/.test(status);

/** What was made, for the cases that come later. A cluster takes a while: all grow at the same time. */
interface Clusters {
  readonly good: string;
  /** How it looked when it was first seen. */
  readonly goodAtFirst: Cluster;
  readonly doomed: string;
  readonly twins: readonly [string, string];
  readonly delegated: string;
}

const made = new WeakMap<CloudUnderTest, Promise<Clusters>>();

const client = async (cloud: CloudUnderTest, entry = 'demo'): Promise<Magnum> => magnum(await cloud.session(entry));

async function order(
  cloud: CloudUnderTest,
  name: string,
  more: Partial<ClusterOrder> = {},
  entry = 'demo',
): Promise<string> {
  const { template, keypair } = cloud;
  const request = { name, cluster_template_id: template, keypair, node_count: 1, ...more };
  return (await (await client(cloud, entry)).createCluster(request)).uuid;
}

/** Undefined while there is no such cluster: the order is taken before the cluster is written down. */
async function look(cloud: CloudUnderTest, uuid: string): Promise<Cluster | undefined> {
  try {
    return await (await client(cloud)).cluster(uuid);
  } catch (error) {
    if (failedWith(error, 'NotFound')) return undefined;
    // The real one cannot tell of a cluster for the moment in which its node groups go.
    if (failedWith(error, 'BadRequest') && error.facts.said.includes('master_count')) return look(cloud, uuid);
    throw error;
  }
}

/** Looks until a cluster is as it should be. */
async function seen(cloud: CloudUnderTest, uuid: string, isRight: (cluster: Cluster) => boolean): Promise<Cluster> {
  const cluster = await until(
    () => look(cloud, uuid),
    (found) => found !== undefined && isRight(found),
  );
  if (cluster === undefined) throw new Error(`There is no cluster ${uuid}`);
  return cluster;
}

/**
 * A cluster that an application credential ordered and that failed. A Keystone that keeps in memory what it has read takes
 * such a token for a person's now and then when it is busy: then the cluster would come up, and another one is ordered.
 */
async function orderDelegated(cloud: CloudUnderTest, tries = 5): Promise<string> {
  const uuid = await order(cloud, 'contract-delegated', {}, 'demo-app-unrestricted');
  const { status } = await seen(cloud, uuid, (found) => settled(found) || typeof found.stack_id === 'string');
  if (status === 'CREATE_FAILED') return uuid;
  await (await client(cloud)).deleteCluster(uuid);
  if (tries === 1) throw new Error('Magnum makes clusters for application credentials');
  return orderDelegated(cloud, tries - 1);
}

/** One after the other where it matters whose order is taken next. */
async function orderAll(cloud: CloudUnderTest): Promise<Clusters> {
  const delegated = await orderDelegated(cloud);
  await cloud.failNextCluster(REASON);
  const doomed = await order(cloud, 'contract-doomed');
  await seen(cloud, doomed, ({ stack_id: stack }) => typeof stack === 'string');
  const good = await order(cloud, 'contract-good', {
    node_count: 2,
    labels: { kube_tag: 'v0', team: 'spark' },
    merge_labels: true,
    create_timeout: 30,
  });
  const goodAtFirst = await seen(cloud, good, () => true);
  const { call } = await cloud.as('demo');
  const resized = await call('POST', 'container-infra', `/clusters/${good}/actions/resize`, {
    body: { node_count: 5 },
    headers: NEW,
  });
  expect(resized.status).toBe(202);
  const twins = [await order(cloud, 'contract-twin'), await order(cloud, 'contract-twin')] as const;
  return { good, goodAtFirst, doomed, twins, delegated };
}

const clustersOf = (cloud: CloudUnderTest): Promise<Clusters> => {
  const pending = made.get(cloud) ?? orderAll(cloud);
  made.set(cloud, pending);
  return pending;
};

/** Magnum's clusters from order to end. */
export function clusterCases(cloudOf: () => CloudUnderTest): void {
  beforeAll(async () => {
    await clustersOf(cloudOf());
  }, 300_000);

  it('are being created after the order', async () => {
    const { goodAtFirst } = await clustersOf(cloudOf());
    expect(goodAtFirst).toMatchObject({
      name: 'contract-good',
      status: 'CREATE_IN_PROGRESS',
      node_count: 2,
      master_count: 1,
      api_address: null,
      keypair: cloudOf().keypair,
      create_timeout: 30,
    });
  });

  it('have the labels of the template and their own, which count more', async () => {
    const { good } = await clustersOf(cloudOf());
    const template = await (await client(cloudOf())).clusterTemplate(cloudOf().template);
    expect(await (await client(cloudOf())).cluster(good)).toMatchObject({
      labels: { ...template.labels, kube_tag: 'v0', team: 'spark' },
      labels_added: { team: 'spark' },
      labels_overridden: { kube_tag: template.labels['kube_tag'] },
      labels_skipped: {},
    });
  });

  it('may have one name twice; then only the UUID tells which', async () => {
    const { twins } = await clustersOf(cloudOf());
    await Promise.all(twins.map((uuid) => seen(cloudOf(), uuid, () => true)));
    await expect((await client(cloudOf())).cluster('contract-twin')).rejects.toMatchObject({
      facts: {
        failure: 'Conflict',
        status: 409,
        said: 'Multiple clusters exist with same name. Please use the cluster uuid instead.',
      },
    });
  });

  it('fail when an application credential ordered them, with the trust as the reason and no faults', async () => {
    const { delegated } = await clustersOf(cloudOf());
    const cluster = await seen(cloudOf(), delegated, settled);
    expect(cluster).toMatchObject({
      status: 'CREATE_FAILED',
      status_reason: `Failed to create trustee or trust for Cluster: ${delegated}`,
      faults: {},
      api_address: null,
    });
  });

  it('fail with what the backend says, as a fault for each group of nodes', async () => {
    const { doomed } = await clustersOf(cloudOf());
    const cluster = await seen(cloudOf(), doomed, settled);
    expect(cluster.status).toBe('CREATE_FAILED');
    expect(cluster.status_reason).toBe('default-master failed, default-worker failed');
    expect(Object.keys(cluster.faults ?? {}).sort()).toEqual(['default-master', 'default-worker']);
    for (const fault of Object.values(cluster.faults ?? {})) expect(fault).toContain(REASON);
  });

  it('come up, with an address', async () => {
    const { good } = await clustersOf(cloudOf());
    const cluster = await seen(cloudOf(), good, settled);
    expect(cluster.status).toBe('CREATE_COMPLETE');
    expect(cluster.api_address).toMatch(/^https:\/\//);
    expect(cluster.faults).toBeUndefined();
  });

  it('forget a resize that came while they were being created', async () => {
    const { good } = await clustersOf(cloudOf());
    expect((await seen(cloudOf(), good, settled)).node_count).toBe(2);
  });

  it('are found by name', async () => {
    const { good } = await clustersOf(cloudOf());
    expect((await (await client(cloudOf())).cluster('contract-good')).uuid).toBe(good);
  });

  it('have a group of masters and a group of workers', async () => {
    const { good } = await clustersOf(cloudOf());
    await seen(cloudOf(), good, settled);
    expect(await (await client(cloudOf())).nodeGroups(good)).toEqual([
      expect.objectContaining({ name: 'default-master', role: 'master', node_count: 1, status: 'CREATE_COMPLETE' }),
      expect.objectContaining({ name: 'default-worker', role: 'worker', node_count: 2, status: 'CREATE_COMPLETE' }),
    ]);
  });

  it('are listed page by page, each once', async () => {
    const { good, doomed, twins, delegated } = await clustersOf(cloudOf());
    const { call, endpoint } = await cloudOf().as('demo');
    const uuids: (string | undefined)[] = [];
    let path: string | undefined = '/clusters?limit=2';
    while (path !== undefined) {
      const { body } = await call('GET', 'container-infra', path, { headers: NEW });
      uuids.push(...listAt(body, 'clusters').map((cluster) => textAt(cluster, 'uuid')));
      path = textAt(body, 'next')?.replace(endpoint('container-infra'), '');
    }
    const own = [delegated, doomed, good, ...twins];
    expect(uuids.filter((uuid) => uuid !== undefined && own.includes(uuid))).toEqual(own);
    expect(new Set(uuids).size).toBe(uuids.length);
    const listed = (await (await client(cloudOf())).clusters()).map(({ uuid }) => uuid);
    expect(listed).toEqual(expect.arrayContaining(own));
  });

  it('are not seen from another project', async () => {
    const { good } = await clustersOf(cloudOf());
    const other = await client(cloudOf(), 'other');
    expect(await other.clusters()).toEqual([]);
    await expect(other.cluster(good)).rejects.toMatchObject({ facts: { failure: 'NotFound' } });
    await expect(other.deleteCluster(good)).rejects.toMatchObject({ facts: { failure: 'NotFound' } });
  });

  it.each([
    ['fewer than no nodes', { node_count: -1 }, 400],
    ['no number', {}, 400],
    ['masters', { node_count: 1, nodegroup: 'default-master' }, 400],
    ['an unknown group', { node_count: 1, nodegroup: 'nowhere' }, 404],
  ])('are not resized to %s', async (_name, body, status) => {
    const { good } = await clustersOf(cloudOf());
    const { call } = await cloudOf().as('demo');
    const answer = await call('POST', 'container-infra', `/clusters/${good}/actions/resize`, { body, headers: NEW });
    expect(answer.status).toBe(status);
    expect(said(answer)).not.toBe('');
  });
}

/** The authority of a cluster and what it signs. */
export function certificateCases(cloudOf: () => CloudUnderTest): void {
  it('tells the authority of a cluster, which is named as the cluster', async () => {
    const { good } = await clustersOf(cloudOf());
    const authority = new X509Certificate(await (await client(cloudOf())).authority(good));
    expect({ ca: authority.ca, subject: authority.subject }).toEqual({ ca: true, subject: 'CN=contract-good' });
    expect(authority.verify(authority.publicKey)).toBe(true);
  });

  it('signs a request with an RSA key for five years', async () => {
    const { good } = await clustersOf(cloudOf());
    const keys = await rsaKeyPair(2048);
    const request = signingRequest({ commonName: 'admin', organizations: ['system:masters'] }, keys);
    const magnumClient = await client(cloudOf());
    const signed = new X509Certificate(await magnumClient.sign(good, request));
    const authority = new X509Certificate(await magnumClient.authority(good));
    expect(signed.subject.split('\n').sort()).toEqual(['CN=admin', 'O=system:masters']);
    expect(signed.checkIssued(authority)).toBe(true);
    expect(signed.verify(authority.publicKey)).toBe(true);
    const days = (signed.validToDate.getTime() - signed.validFromDate.getTime()) / 86_400_000;
    expect(Math.round(days)).toBe(5 * 365 + 1);
  });

  it('signs a request with an elliptic key and keeps the alternative names', async () => {
    const { good } = await clustersOf(cloudOf());
    const signed = new X509Certificate(await (await client(cloudOf())).sign(good, EC_REQUEST));
    expect(signed.subjectAltName).toBe('DNS:a.example, IP Address:10.0.0.1');
    expect(signed.publicKey.asymmetricKeyType).toBe('ec');
  });

  it.each([
    ['no request at all', 'nonsense', "Received invalid csr b'nonsense'."],
    [
      'an empty request',
      '',
      "Invalid input for field/attribute csr. Value: ''. Value should have a minimum character requirement of 1",
    ],
  ])('refuses %s', async (_name, csr, message) => {
    const { good } = await clustersOf(cloudOf());
    const { call } = await cloudOf().as('demo');
    const answer = await call('POST', 'container-infra', '/certificates', {
      body: { cluster_uuid: good, csr },
      headers: NEW,
    });
    expect({ status: answer.status, message: said(answer) }).toEqual({ status: 400, message });
  });

  it('signs nothing for another project', async () => {
    const { good } = await clustersOf(cloudOf());
    await expect((await client(cloudOf(), 'other')).authority(good)).rejects.toMatchObject({
      facts: { failure: 'NotFound' },
    });
  });
}

/** How many clusters a project may have; and the end of those that were made. */
export function quotaCases(cloudOf: () => CloudUnderTest): void {
  it('are told where one was set, and refuse one cluster too many', async () => {
    const [admin, other] = [await cloudOf().as('admin'), await cloudOf().as('other')];
    const quota = { project_id: other.projectId, resource: 'Cluster', hard_limit: 0 };
    const set = await admin.call('POST', 'container-infra', '/quotas', { body: quota, headers: NEW });
    expect(set.status).toBe(201);
    const again = await admin.call('POST', 'container-infra', '/quotas', { body: quota, headers: NEW });
    expect(again.status).toBe(409);
    const magnumClient = await client(cloudOf(), 'other');
    expect(await magnumClient.clusterQuota(other.projectId)).toBe(0);
    const refusedOrder = magnumClient.createCluster({ name: 'contract', cluster_template_id: cloudOf().template });
    await expect(refusedOrder).rejects.toMatchObject({
      facts: {
        failure: 'Forbidden',
        status: 403,
        said:
          'Resource limit exceeded: You have reached the maximum clusters per project, 0. You may delete a cluster to ' +
          'make room for a new one.',
      },
    });
  });

  it('are set by administrators alone', async () => {
    const { call, projectId } = await cloudOf().as('demo');
    const body = { project_id: projectId, resource: 'Cluster', hard_limit: 99 };
    expect((await call('POST', 'container-infra', '/quotas', { body, headers: NEW })).status).toBe(403);
  });

  it('are free again when the clusters are gone: deleted in the background, then not found', async () => {
    const { good, doomed, twins, delegated } = await clustersOf(cloudOf());
    const magnumClient = await client(cloudOf());
    const all = [good, doomed, ...twins, delegated];
    for (const uuid of all) await magnumClient.deleteCluster(uuid);
    for (const uuid of all)
      await until(
        () => look(cloudOf(), uuid),
        (cluster) => cluster === undefined,
      );
    await expect(magnumClient.cluster(good)).rejects.toMatchObject({ facts: { failure: 'NotFound', status: 404 } });
    await until(
      () => magnumClient.clusters(),
      (left) => left.length === 0,
    );
  });
}
