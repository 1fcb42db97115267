import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { HelmError } from './helm-error.ts';
import { runHelm } from './run-helm.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-helm-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that stands in for Helm. */
async function stub(script: string): Promise<string> {
  const path = join(folder, 'helm');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const helmOf = (program: string, env: Readonly<Record<string, string>> = {}, signal = new AbortController().signal) =>
  runHelm({ env: { PATH: process.env['PATH'], ...env, OPSPARKCTL_HELM: program }, interrupted: signal });

describe('runHelm', () => {
  it('hands on arguments, the choice of the cluster, and input; answers with the output', async () => {
    const helm = helmOf(await stub('echo "$@"; cat'));
    const kubeconfig = { file: '/k', context: 'c' };
    await expect(helm(['get', 'a b'], { kubeconfig, stdin: '{"x":1}' })).resolves.toBe(
      'get a b --kubeconfig /k --kube-context c\n{"x":1}',
    );
  });

  it('keeps the secrets of the cloud from it', async () => {
    const secrets = {
      ...{ OS_PASSWORD: 'pw', OS_TOKEN: 'to', OS_APPLICATION_CREDENTIAL_SECRET: 'ap' },
      ...{ AWS_SECRET_ACCESS_KEY: 'aw', OPSPARKCTL_S3_SECRET_KEY: 'op' },
    };
    const helm = helmOf(await stub('env'), { ...secrets, OS_CLOUD: 'site' });
    const seen = await helm([], { kubeconfig: {} });
    expect(seen).toContain('OS_CLOUD=site');
    for (const [name, value] of Object.entries(secrets)) expect(seen).not.toContain(`${name}=${value}`);
  });

  it('rejects with what it said', async () => {
    const helm = helmOf(await stub('echo hook log; echo "Error: no" >&2; exit 3'));
    const error = await helm([], { kubeconfig: {} }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HelmError);
    expect(error).toMatchObject({ message: 'Error: no', missing: false, output: expect.stringContaining('hook log') });
  });

  it('knows when there is no such program', async () => {
    const helm = helmOf(join(folder, 'nowhere'));
    await expect(helm([], { kubeconfig: {} })).rejects.toMatchObject({ missing: true });
  });

  it('ends it on Ctrl-C', async () => {
    const controller = new AbortController();
    const trace = join(folder, 'trace');
    const program = await stub(
      `trap 'echo ended >> ${trace}; exit 1' TERM\necho begun > ${trace}\nwhile :; do sleep 0.05; done`,
    );
    const running = helmOf(program, {}, controller.signal)([], { kubeconfig: {} }).catch((reason: unknown) => reason);
    while (!(await readFile(trace, 'utf8').catch(() => '')).includes('begun'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort();
    await expect(running).resolves.toBeInstanceOf(HelmError);
    await expect(readFile(trace, 'utf8')).resolves.toBe('begun\nended\n');
  });
});
