import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { runOpsparkctl } from './run-opsparkctl.ts';

jest.setTimeout(60_000);

let cloud: FakeCloud;
let home: string;

beforeEach(async () => {
  cloud = await startFakeCloud();
  home = await mkdtemp(join(tmpdir(), 'opsparkctl-create-kube-'));
});
afterEach(async () => {
  await cloud.close();
  await rm(home, { recursive: true });
});

const run = (args: readonly string[]) => runOpsparkctl(args, { cloud, home });
const create = (...args: readonly string[]) => run(['create', 'kube', 'demo', '--template', 'k8s', ...args]);

describe('create kube', () => {
  it('orders a cluster, waits for it and writes a kubeconfig', async () => {
    const { code, out, err } = await create('--nodes', '2', '-o', 'json');
    expect(code).toBe(0);
    expect(err).toContain('built by Magnum');
    expect(JSON.parse(out)).toMatchObject({ name: 'demo', status: 'CREATE_COMPLETE', nodes: 2 });
    expect(cloud.clusters()).toHaveLength(1);
    const kubeconfig = join(home, '.kube', 'config');
    expect((await stat(kubeconfig)).mode & 0o777).toBe(0o600);
    expect(await readFile(kubeconfig, 'utf8')).toContain('current-context: "demo-RegionOne"');
  });
});
