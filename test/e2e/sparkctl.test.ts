import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { eventually } from '../../hack/cluster/eventually.ts';
import { reach, withDiagnosis, type AppRef } from './application.ts';
import { piApplication } from './pi.ts';
import { stopAll, type Ended } from './program.ts';
import { sharedRelease, type Prepared } from './release.ts';

const NAMESPACE = 'cli';
const short: AppRef = { namespace: NAMESPACE, name: 'short-pi' };
/** Goes on far longer than the tests: it is deleted while it runs. */
const long: AppRef = { namespace: NAMESPACE, name: 'long-pi' };

describe('sparkctl on a running Pi', () => {
  let release: Prepared;
  let folder: string;

  const sparkctl = (...args: string[]): Promise<Ended> => release.sparkctl(args).ended;
  const manifest = async (app: AppRef, spec: object): Promise<string> => {
    const file = join(folder, `${app.name}.json`);
    await writeFile(file, JSON.stringify(piApplication({ ...app, spec: { ...spec } })));
    return file;
  };

  beforeAll(async () => {
    release = await sharedRelease();
    folder = await mkdtemp(join(tmpdir(), 'sparkctl-'));
  }, 600_000);

  afterAll(async () => {
    stopAll();
    await release.kubectl.text(['-n', NAMESPACE, 'delete', 'sparkapplications', '--all', '--wait=false']);
    await rm(folder, { recursive: true });
  });

  it('creates from a positional file, and refuses to create twice', async () => {
    const file = await manifest(short, {});
    await expect(sparkctl('create', file, '-n', NAMESPACE)).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringContaining('short-pi'),
    });
    await expect(sparkctl('create', '-f', file, '-n', NAMESPACE)).resolves.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('exists'),
    });
  }, 60_000);

  it('follows the log of the driver from before its start to its end', async () => {
    const following = release.sparkctl(['log', '-f', short.name, '-n', NAMESPACE]);
    await reach(release.kubectl, short, 'COMPLETED');
    await expect(following.ended).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Pi is roughly 3\.\d+$/m),
    });
  }, 240_000);

  it('lists the applications and tells the status of one', async () => {
    const list = await sparkctl('list', '-n', NAMESPACE);
    expect(list).toMatchObject({ code: 0, stdout: expect.stringMatching(/^short-pi +COMPLETED +1 /m) });
    await expect(sparkctl('status', short.name, '-n', NAMESPACE)).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringContaining('COMPLETED'),
    });
  }, 60_000);

  it('tells the story in events', async () => {
    const { code, stdout } = await sparkctl('event', short.name, '-n', NAMESPACE);
    expect(code).toBe(0);
    for (const reason of ['SparkApplicationSubmitted', 'SparkDriverRunning', 'SparkApplicationCompleted']) {
      expect(stdout).toContain(reason);
    }
  }, 60_000);

  it('forwards the Spark UI, whose REST API names the application', async () => {
    const file = await manifest(long, { arguments: ['100000'] });
    await expect(sparkctl('create', '-f', file, '-n', NAMESPACE)).resolves.toMatchObject({ code: 0 });
    await reach(release.kubectl, long, 'RUNNING');
    const forward = release.sparkctl(['forward', long.name, '--local-port', '0', '-n', NAMESPACE]);
    const [, url = ''] = await forward.printed(/(http:\/\/localhost:\d+)/);
    let answer: unknown;
    // Until Spark has started completely, its UI answers with a request to wait.
    const answers = async (): Promise<boolean> => {
      const options = { signal: AbortSignal.timeout(5000) };
      answer = await fetch(`${url}/api/v1/applications`, options).then((response) => response.json(), String);
      return Array.isArray(answer);
    };
    await withDiagnosis(release.kubectl, long, async () => {
      await eventually(() => answers().catch(() => false), { timeoutMs: 90_000, everyMs: 500 });
      const { status } = await reach(release.kubectl, long, 'RUNNING');
      expect(answer).toMatchObject([{ id: status?.sparkApplicationId }]);
    });
    await expect(forward.stop('SIGINT')).resolves.toMatchObject({ code: 0 });
  }, 240_000);

  it('deletes a running application; the second time it is not found, exit 1', async () => {
    await expect(sparkctl('delete', long.name, '-n', NAMESPACE)).resolves.toMatchObject({ code: 0 });
    await expect(sparkctl('delete', long.name, '-n', NAMESPACE)).resolves.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/long-pi.*not found/),
    });
    const selector = `sparkoperator.k8s.io/app-name=${long.name}`;
    const kinds = 'pods,services,configmaps';
    await release.kubectl.text(['-n', NAMESPACE, 'wait', '--for=delete', kinds, '-l', selector, '--timeout', '90s']);
  }, 180_000);

  it('ends with 2 on a wrong command line and with 1 on an application that is not there', async () => {
    await expect(sparkctl('list', '--no-such-flag')).resolves.toMatchObject({ code: 2 });
    await expect(sparkctl('status', 'nobody', '-n', NAMESPACE)).resolves.toMatchObject({ code: 1 });
  }, 60_000);
});
