import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../hack/fake-cloud/start.ts';
import { runOpsparkctl } from './run-opsparkctl.ts';

jest.setTimeout(60_000);

let cloud: FakeCloud;
let home: string;

beforeEach(async () => {
  cloud = await startFakeCloud();
  home = await mkdtemp(join(tmpdir(), 'opsparkctl-profile-'));
});
afterEach(async () => {
  await cloud.close();
  await rm(home, { recursive: true });
});

async function write(file: string, text: string): Promise<string> {
  const path = join(home, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

const dryRun = ['create', 'kube', 'demo', '--dry-run', '-o', 'json'];

describe('the site profile', () => {
  it('says the cloud and the order, and flags count more', async () => {
    const kube = 'kube: { template: k8s-large, nodeCount: 2, keypair: demo-key, labels: { site: "yes" } }';
    await write('.config/opsparkctl/opsparkctl.yaml', `cloud: demo\n${kube}\n`);
    const env = { OS_CLOUD: undefined };
    const { code, out, err } = await runOpsparkctl([...dryRun, '--nodes', '3'], { cloud, home, env });
    expect({ code, err }).toEqual({ code: 0, err: expect.any(String) });
    expect(JSON.parse(out)).toMatchObject({ node_count: 3, keypair: 'demo-key', labels: { site: 'yes' } });
    expect(cloud.clusters()).toEqual([]);
  });

  it('does not choose the cloud where a variable does', async () => {
    await write('opsparkctl.yaml', 'cloud: nowhere\nkube: { template: k8s }\n');
    expect(await runOpsparkctl(dryRun, { cloud, home })).toMatchObject({ code: 0 });
  });

  it('ends the command with exit code 2 when it says what it cannot', async () => {
    const file = await write('mine.yaml', 'kube: { nodes: 3 }\n');
    const { code, err } = await runOpsparkctl([...dryRun, '--profile-file', file], { cloud, home });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`${file}: kube.nodes is unknown`) });
  });

  it('ends it as well when the named one is not there', async () => {
    const { code, err } = await runOpsparkctl(dryRun, { cloud, home, env: { OPSPARKCTL_PROFILE: '/nowhere.yaml' } });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('/nowhere.yaml: there is no such file') });
  });
});
