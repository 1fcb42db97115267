import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import type { FakeCloudOptions } from '../../hack/fake-cloud/options.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { runOpsparkctl, type OpsparkctlEnd } from './run-opsparkctl.ts';

jest.setTimeout(60_000);

const open: { close: () => Promise<void> }[] = [];
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'status-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(home, { recursive: true });
});

const started = async (options: FakeCloudOptions): Promise<FakeCloud> => {
  const cloud = await startFakeCloud(options);
  open.push(cloud);
  return cloud;
};

/** Takes connections, and says nothing. */
async function silentPort(): Promise<number> {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void silent.close(() => resolve()));
    },
  });
  const address = silent.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const status = (cloud: FakeCloud, ...args: readonly string[]): Promise<OpsparkctlEnd> =>
  runOpsparkctl(['status', ...args], { cloud, home });

describe('status of a project', () => {
  it('shows two hundred clusters in less than two seconds, page by page', async () => {
    const cloud = await started({ clusterCount: 200 });
    // The first run of this process loads the program and logs in to a cold cloud.
    await status(cloud);
    cloud.forget();
    const began = performance.now();
    const { code, out } = await status(cloud);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(code).toBe(0);
    const [header = '', ...rows] = out.trimEnd().split('\n');
    expect(header.split(/ {2,}/)).toEqual(['NAME', 'UUID', 'STATUS', 'HEALTH', 'NODES', 'VERSION', 'AGE']);
    expect(rows).toHaveLength(200);
    expect(rows[0]).toMatch(/^cluster-001 +[-0-9a-f]{36} +CREATE_COMPLETE +\S+ +1\+2 +v1\.34\.1 +1h/);
    expect(new Set(rows).size).toBe(200);
    const pages = cloud.requests({ path: /\/clusters\/detail/ });
    expect(pages.length).toBeGreaterThan(1);
  });

  it('shows plain lists where the policy of the cloud hides the details', async () => {
    const cloud = await started({ clusterCount: 3 });
    cloud.fail({ path: /\/clusters\/detail/ }, { status: 403 }, 99);
    const { code, out } = await status(cloud, '-o', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { name: 'cluster-001', status: 'CREATE_COMPLETE', masters: 1, nodes: 2, version: 'v1.34.1', createdAt: null },
      { name: 'cluster-002' },
      { name: 'cluster-003' },
    ]);
  });

  it('says how to make the first one', async () => {
    const { code, out, err } = await status(await started({}));
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('No clusters in project "demo": "opsparkctl create kube NAME" makes one');
  });
});

describe('status of a cluster', () => {
  it('tells what Magnum knows, and what is missing here', async () => {
    const cloud = await started({ clusterCount: 1 });
    const { code, out } = await status(cloud, 'cluster-001');
    expect(code).toBe(0);
    expect(out).toMatch(/^cluster +ok +CREATE_COMPLETE, Kubernetes v1\.34\.1, 1 \+ 2 nodes$/m);
    expect(out).toMatch(/^node group +ok +default-worker \(worker\): 2 nodes, CREATE_COMPLETE$/m);
    expect(out).toMatch(/^kubernetes +warning +no kubeconfig for this cluster here$/m);
    expect(out).toContain('- kubernetes: opsparkctl kubeconfig cluster-001');
  });

  it('ends with the code of a failed cluster, and tells its faults', async () => {
    const cloud = await started({ clusterCount: 1 });
    const faults = { 'default-worker': 'Quota exceeded for cores' };
    cloud.setStatus(cloud.clusters()[0]?.uuid ?? '', 'CREATE_FAILED', 'Stack CREATE failed', faults);
    const { code, out, err } = await status(cloud, 'cluster-001', '-o', 'json');
    expect({ code, err }).toEqual({ code: 8, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      exitCode: 8,
      cluster: { status: 'CREATE_FAILED', statusReason: 'Stack CREATE failed', faults },
      findings: [{ check: 'cluster', level: 'problem' }, {}, {}, {}],
    });
  });

  it('says so when the cluster cannot be reached', async () => {
    const cloud = await started({ clusterCount: 1, apiAddress: 'https://127.0.0.1:1' });
    await runOpsparkctl(['kubeconfig', 'cluster-001'], { cloud, home });
    const { code, out } = await status(cloud, 'cluster-001');
    expect(code).toBe(9);
    expect(out).toMatch(/^kubernetes +problem +.*ECONNREFUSED/m);
    for (const part of ['nodes', 'operator', 'applications', 'history', 'storage'])
      expect(out).toMatch(new RegExp(`^${part} +problem +not read$`, 'm'));
    expect(out).toMatch(/^certificate +ok +cluster-001-RegionOne: 182\d days left/m);
  });

  it('waits five seconds for one that takes connections and says nothing', async () => {
    const port = await silentPort();
    const cloud = await started({ clusterCount: 1, apiAddress: `https://127.0.0.1:${port}` });
    await runOpsparkctl(['kubeconfig', 'cluster-001'], { cloud, home });
    const began = performance.now();
    const { code, out } = await status(cloud, 'cluster-001');
    expect(performance.now() - began).toBeLessThan(9000);
    expect(code).toBe(9);
    expect(out).toMatch(/^kubernetes +problem +no answer within 5 s$/m);
  });
});
