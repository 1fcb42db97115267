import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { run } from '../../hack/run.ts';

const kubectl = async ({ kubeconfig }: ControlPlane, ...args: string[]): Promise<string> =>
  (await run(kubectlPath(), ['--kubeconfig', kubeconfig, ...args])).stdout;

/** Command lines of the programs whose arguments name the folder. */
async function programsOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(folder));
}

describe('a control plane', () => {
  it('serves, behaves as an older minor, runs beside another, survives a restart of its server, and leaves nothing', async () => {
    const [newest, oldest] = await Promise.all([
      startControlPlane({ name: 'newest' }),
      startControlPlane({ name: 'oldest', emulatedVersion: '1.31' }),
    ]);
    const folders = [newest, oldest].map(({ kubeconfig }) => dirname(kubeconfig));
    try {
      expect(newest.server).not.toBe(oldest.server);
      expect(JSON.parse(await kubectl(newest, 'get', '--raw', '/version'))).toMatchObject({
        minor: '34',
        emulationMinor: '34',
      });
      expect(JSON.parse(await kubectl(oldest, 'get', '--raw', '/version'))).toMatchObject({ emulationMinor: '31' });

      // A pod is admitted at once: the service account of the default namespace is there.
      await kubectl(newest, 'run', 'waiting', '--image=none.invalid/none');
      await newest.restartApiServer();
      expect(await kubectl(newest, 'get', 'pods', '-o', 'name')).toBe('pod/waiting\n');
      expect(await kubectl(oldest, 'get', 'pods', '-o', 'name')).toBe('');

      // Deletion of a namespace ends: the namespace controller works.
      await kubectl(oldest, 'create', 'namespace', 'passing');
      await kubectl(oldest, 'delete', 'namespace', 'passing', '--timeout=30s');

      for (const folder of folders) expect(await programsOf(folder)).toHaveLength(3);
    } finally {
      await Promise.all([newest.stop(), oldest.stop()]);
    }
    for (const folder of folders) {
      expect(await programsOf(folder)).toEqual([]);
      expect(existsSync(folder)).toBe(false);
    }
  }, 120_000);

  it('says why it did not start, and leaves nothing', async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('spark-operator-broken-'));
    const start = startControlPlane({ name: 'broken', emulatedVersion: '9.99' });
    await expect(start).rejects.toThrow(/kube-apiserver ended[^]*emulat/);
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('spark-operator-broken-'))).toEqual(before);
  }, 60_000);
});
