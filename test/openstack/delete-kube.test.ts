import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { eventually } from '../../hack/cluster/eventually.ts';
import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { runOpsparkctl } from './run-opsparkctl.ts';

jest.setTimeout(60_000);

let cloud: FakeCloud;
let home: string;

beforeEach(async () => {
  cloud = await startFakeCloud();
  home = await mkdtemp(join(tmpdir(), 'opsparkctl-delete-kube-'));
});
afterEach(async () => {
  await cloud.close();
  await rm(home, { recursive: true });
});

const run = (...args: readonly string[]) => runOpsparkctl(args, { cloud, home });
const create = (name: string) => run('create', 'kube', name, '--template', 'k8s');
const kubeconfig = () => readFile(join(home, '.kube', 'config'), 'utf8');
const remembered = async (): Promise<unknown> =>
  JSON.parse(await readFile(join(home, '.local/state/opsparkctl', `demo-${cloud.facts.project.id}.json`), 'utf8'));

describe('delete kube', () => {
  it('deletes a cluster with its kubeconfig entry and memory, and leaves others alone', async () => {
    await create('demo');
    await create('other');
    const { code, out, err } = await run('delete', 'kube', 'demo', '--yes', '-o', 'json');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('its Kubernetes cannot be asked') });
    expect(JSON.parse(out)).toMatchObject({ name: 'demo', result: 'deleted' });
    expect(cloud.clusters().map(({ name }) => name)).toEqual(['other']);
    expect(await kubeconfig()).not.toContain('demo-RegionOne');
    expect(await kubeconfig()).toContain('other-RegionOne');
    expect(await remembered()).toMatchObject({ clusters: [{ name: 'other' }] });
  });

  it('changes nothing without a yes that nobody can give', async () => {
    await create('demo');
    const { code, err } = await run('delete', 'kube', 'demo');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('nothing was deleted: say --yes') });
    expect(cloud.clusters()).toMatchObject([{ status: 'CREATE_COMPLETE' }]);
  });

  it('says with --dry-run what would go', async () => {
    await create('demo');
    const { code, out } = await run('delete', 'kube', 'demo', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('entry demo-RegionOne of the kubeconfig');
    expect(cloud.clusters()).toMatchObject([{ status: 'CREATE_COMPLETE' }]);
  });

  it('finds a remembered cluster gone, and forgets it', async () => {
    await create('demo');
    await runOpsparkctl(['delete', 'kube', 'demo', '--yes'], { cloud });
    const { code, out } = await run('delete', 'kube', 'demo', '--yes');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('is gone already') });
    expect(await kubeconfig()).not.toContain('demo-RegionOne');
    expect(await remembered()).toMatchObject({ clusters: [] });
  });

  it('asks once more when the deletion fails', async () => {
    await create('demo');
    const [cluster] = cloud.clusters();
    cloud.setStatus(cluster?.uuid ?? '', 'DELETE_FAILED', 'Port is in use');
    cloud.forget();
    const { code } = await run('delete', 'kube', 'demo', '--yes');
    expect(code).toBe(0);
    expect(cloud.clusters()).toEqual([]);
  });

  it('waits on while Magnum cannot tell of a cluster whose node groups just go', async () => {
    await create('demo');
    const [cluster] = cloud.clusters();
    const path = new RegExp(`/clusters/${cluster?.uuid ?? ''}$`);
    const gets = { service: 'container-infra', method: 'GET', path } as const;
    const deleting = run('delete', 'kube', 'demo', '--yes');
    const ordered = (): boolean => cloud.requests({ service: 'container-infra', method: 'DELETE' }).length > 0;
    await eventually(() => Promise.resolve(ordered()), { timeoutMs: 20_000, everyMs: 2 });
    const body = { errors: [{ detail: "Invalid input for field/attribute master_count. Value: '0'." }] };
    cloud.fail(gets, { status: 400, body });
    expect((await deleting).code).toBe(0);
    expect(cloud.clusters()).toEqual([]);
    expect(cloud.requests(gets).some(({ status }) => status === 400)).toBe(true);
  });
});
