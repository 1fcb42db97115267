import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';

import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { run } from '../../hack/run.ts';
import { applyCrds } from '../operator/apply-crds.ts';
import { start, type Ended, type Running } from '../e2e/program.ts';

const root = join(import.meta.dirname, '../..');
const main = join(root, 'sparkctl/main.ts');

const manifest = (name: string, spec: object = {}): object => ({
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  kind: 'SparkApplication',
  metadata: { name },
  spec: {
    type: 'Python',
    sparkVersion: '4.0.1',
    image: 'spark:4.0.1',
    mainApplicationFile: 'local:///opt/pi.py',
    driver: { memory: '512m' },
    executor: { instances: 1 },
    ...spec,
  },
});

/** The command line as people start it, against a real API server. No pods run here: logs and forwarding are for e2e. */
describe('sparkctl against an API server', () => {
  let plane: ControlPlane;
  let folder: string;

  const begin = (...args: string[]): Running => start(main, args, plane.kubeconfig);
  const sparkctl = (...args: string[]): Promise<Ended> => begin(...args).ended;
  const kubectl = (...args: string[]): Promise<{ stdout: string }> =>
    run(kubectlPath(), ['--kubeconfig', plane.kubeconfig, ...args]);
  const file = async (name: string, ...objects: readonly object[]): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, objects.map((object) => stringify(object)).join('---\n'));
    return path;
  };
  /** A kubeconfig like the administrator's, changed. */
  const kubeconfig = async (name: string, change: (config: Kubeconfig) => void): Promise<string> => {
    // Parse boundary: the control plane wrote this file.
    const config = parse(await readFile(plane.kubeconfig, 'utf8')) as Kubeconfig;
    change(config);
    return file(name, config);
  };

  beforeAll(async () => {
    plane = await startControlPlane({ name: 'sparkctl' });
    folder = await mkdtemp(join(tmpdir(), 'sparkctl-'));
  }, 120_000);

  afterAll(async () => {
    await plane.stop();
    await rm(folder, { recursive: true });
  });

  it('tells how to install the operator while its CRDs are missing', async () => {
    const want = { code: 3, stderr: expect.stringMatching(/operator is not installed.*helm install spark-operator/) };
    await expect(sparkctl('list')).resolves.toMatchObject(want);
    await expect(sparkctl('create', await file('early.yaml', manifest('early')))).resolves.toMatchObject(want);
    await expect(sparkctl('status', 'early')).resolves.toMatchObject(want);
    await applyCrds(plane.kubeconfig);
  }, 120_000);

  it('creates, lists, tells the status and deletes; the second delete does not find it', async () => {
    const path = await file('pi.yaml', manifest('pi'), {
      ...manifest('nightly'),
      kind: 'ScheduledSparkApplication',
      spec: { schedule: '@daily', template: { ...specOf(manifest('nightly')) } },
    });
    await expect(sparkctl('create', path)).resolves.toEqual({
      code: 0,
      stdout: 'SparkApplication "pi" created\nScheduledSparkApplication "nightly" created\n',
      stderr: '',
    });
    await expect(sparkctl('create', path)).resolves.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^error: SparkApplication "pi" exists already .*\nerror: ScheduledSparkApplication "nightly" exists/,
      ),
    });
    await expect(sparkctl('list')).resolves.toMatchObject({ code: 0, stdout: expect.stringMatching(/^pi +NEW +0 /m) });
    await expect(sparkctl('list', 'scheduledsparkapp', '-A')).resolves.toMatchObject({
      stdout: expect.stringMatching(/^default +nightly +@daily /m),
    });
    await expect(sparkctl('status', 'pi')).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^State: +NEW\nNext: +(will be submitted|no operator)/m),
    });
    const json = await sparkctl('status', 'pi', '-o', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'SparkApplication', metadata: { name: 'pi' } });
    await expect(sparkctl('delete', 'pi', 'scheduledsparkapp/nightly')).resolves.toMatchObject({ code: 0, stderr: '' });
    await expect(sparkctl('delete', 'pi')).resolves.toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: SparkApplication "pi" not found in namespace "default"\n',
    });
  }, 120_000);

  it('replaces with --delete and stores nothing with --dry-run', async () => {
    const path = await file('again.yaml', manifest('again'));
    const uid = async (): Promise<string> =>
      (await kubectl('get', 'sparkapplication', 'again', '-o', 'jsonpath={.metadata.uid}')).stdout;
    await expect(sparkctl('create', '--dry-run', path)).resolves.toMatchObject({ code: 0 });
    await expect(sparkctl('status', 'again')).resolves.toMatchObject({ code: 1 });
    await expect(sparkctl('create', path)).resolves.toMatchObject({ code: 0 });
    const before = await uid();
    await expect(sparkctl('create', '-d', path)).resolves.toMatchObject({ code: 0 });
    expect(await uid()).not.toBe(before);
  }, 120_000);

  it('names file, line and field of what the API server refuses', async () => {
    const path = await file('wrong.yaml', manifest('a', { driver: { memory: '512m', memry: 1 } }));
    const { code, stderr } = await sparkctl('create', path);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: ${path}:12: spec.driver.memry: no such field: check its spelling and indentation\n`,
    });
    const wrongType = await file('type.yaml', manifest('a', { timeToLiveSeconds: 'soon' }));
    await expect(sparkctl('create', wrongType)).resolves.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/type\.yaml:14: spec\.timeToLiveSeconds: /),
    });
    await expect(sparkctl('create', path, '-n', 'nowhere')).resolves.toMatchObject({ code: 1 });
  }, 120_000);

  /** Tells the story of an application as the operator does. */
  async function tell(name: string, reason: string): Promise<void> {
    const { stdout: uid } = await kubectl('get', 'sparkapplication', name, '-o', 'jsonpath={.metadata.uid}');
    const path = await file(`${name}-${reason}.yaml`, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${reason.toLowerCase()}`, namespace: 'default' },
      involvedObject: { kind: 'SparkApplication', name, namespace: 'default', uid },
      reason,
      message: `It is ${reason}`,
      type: 'Normal',
      lastTimestamp: new Date().toISOString(),
    });
    await kubectl('create', '-f', path);
  }

  it('prints events and follows them until the application has ended', async () => {
    await sparkctl('create', await file('story.yaml', manifest('story')));
    await tell('story', 'First');
    await expect(sparkctl('event', 'story')).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Normal +First +sparkapplication\/story +It is First\n$/),
    });
    const following = begin('event', '-f', 'story');
    await following.printed(/It is First/);
    await tell('story', 'Second');
    await following.printed(/It is Second/);
    const ended = JSON.stringify({ status: { applicationState: { state: 'COMPLETED' } } });
    await kubectl('patch', 'sparkapplication', 'story', '--subresource=status', '--type=merge', '-p', ended);
    const { code, stdout } = await following.ended;
    expect({ code, times: stdout.match(/It is First/g)?.length }).toEqual({ code: 0, times: 1 });
  }, 120_000);

  it('gives up waiting for a driver with exit code 4, and ends on Ctrl-C with 130', async () => {
    await sparkctl('create', await file('slow.yaml', manifest('slow')));
    await expect(sparkctl('log', 'slow', '--timeout', '1s')).resolves.toMatchObject({
      code: 4,
      stderr: expect.stringContaining('its driver pod slow-driver does not exist yet'),
    });
    await tell('slow', 'First');
    const following = begin('event', '-f', 'slow');
    await following.printed(/It is First/);
    await expect(following.stop('SIGINT')).resolves.toMatchObject({ code: 130 });
  }, 60_000);

  it('takes namespace and context from the kubeconfig, and the first of several files', async () => {
    const other = await kubeconfig('other', (config) => {
      config.contexts.push({
        name: 'elsewhere',
        context: { ...config.contexts[0]?.context, namespace: 'kube-public' },
      });
    });
    const none = { code: 0, stdout: '' };
    await expect(sparkctl('--kubeconfig', other, '--context', 'elsewhere', 'list')).resolves.toMatchObject({
      ...none,
      stderr: 'No SparkApplications found in namespace "kube-public"\n',
    });
    await expect(sparkctl('list', '-k', other, '-n', 'kube-system')).resolves.toMatchObject(none);
    const list = `${join(folder, 'missing')}:${other}:${plane.kubeconfig}`;
    await expect(start(main, ['list', '--context', 'elsewhere'], list).ended).resolves.toMatchObject(none);
    await expect(sparkctl('list', '--context', 'nope')).resolves.toMatchObject({
      code: 5,
      stderr: expect.stringContaining('no context "nope"'),
    });
  }, 60_000);

  it('tells what a person may not do, and what cannot be reached', async () => {
    await kubectl('create', 'serviceaccount', 'eva');
    const { stdout: token } = await kubectl('create', 'token', 'eva');
    const eva = await kubeconfig('eva', (config) => {
      config.users = config.users.map(({ name }) => ({ name, user: { token: token.trim() } }));
    });
    await expect(sparkctl('list', '-k', eva)).resolves.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /you may not list sparkapplications\.sparkoperator\.k8s\.io in namespace "default".*eva/,
      ),
    });
    const stranger = await kubeconfig('stranger', (config) => {
      config.users = config.users.map(({ name }) => ({ name, user: { token: 'wrong' } }));
    });
    await expect(sparkctl('list', '-k', stranger)).resolves.toMatchObject({
      code: 5,
      stderr: expect.stringContaining('does not accept these credentials'),
    });
    const nobody = await kubeconfig('nobody', (config) => {
      for (const { cluster } of config.clusters) cluster.server = 'https://127.0.0.1:1';
    });
    await expect(sparkctl('list', '-k', nobody)).resolves.toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/cannot reach the API server https:\/\/127\.0\.0\.1:1: .*ECONNREFUSED/),
    });
  }, 60_000);

  it('sets a namespace up: created, then unchanged, then configured where it differs', async () => {
    const setup = (...flags: string[]): Promise<Ended> => sparkctl('setup', 'namespace', 'team-a', ...flags);
    await expect(setup()).resolves.toMatchObject({ code: 1, stderr: expect.stringContaining('add --create') });
    await expect(setup('--create', '--quota', 'pods=5')).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^namespace\/team-a created\n(\S+ created\n){4}$/),
    });
    await expect(setup('--quota', 'pods=5')).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^(\S+ unchanged\n){4}$/),
    });
    await expect(setup('--quota', 'pods=6')).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^(\S+ unchanged\n){3}resourcequota\/spark configured\n$/),
    });
    const driver = ['--as', 'system:serviceaccount:team-a:spark', '-n', 'team-a'];
    await expect(kubectl('auth', 'can-i', 'create', 'pods', ...driver)).resolves.toMatchObject({ stdout: 'yes\n' });
    await expect(kubectl('auth', 'can-i', 'get', 'secrets', ...driver)).rejects.toThrow('no');
  }, 60_000);

  it('explains the defaults of an application, as far as its reader may look', async () => {
    const defaults = {
      apiVersion: 'sparkoperator.k8s.io/v1alpha1',
      kind: 'SparkPodDefaults',
      metadata: { name: 'site', namespace: 'operators' },
      spec: { sparkConf: { 'spark.ui.enabled': 'false' }, namespaceSelector: { matchLabels: { tier: 'batch' } } },
    };
    await kubectl('create', 'namespace', 'operators');
    await kubectl('create', '-f', await file('defaults.yaml', defaults));
    await sparkctl('create', await file('explained.yaml', manifest('explained')));
    const explain = (...flags: string[]): Promise<Ended> =>
      sparkctl('explain-defaults', 'explained', '--operator-namespace', 'operators', ...flags);

    await expect(explain()).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringContaining('(not from operators/site: its namespaceSelector does not match'),
    });
    await kubectl('label', 'namespace', 'default', 'tier=batch');
    await expect(explain()).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/sparkConf spark\.ui\.enabled +false +operators\/site +filled in/),
    });

    await kubectl('create', 'role', 'reader', '--verb=get,list', '--resource=sparkapplications,sparkpoddefaults');
    await kubectl('create', 'serviceaccount', 'ann');
    await kubectl('create', 'rolebinding', 'ann', '--role=reader', '--serviceaccount=default:ann');
    const { stdout: token } = await kubectl('create', 'token', 'ann');
    const ann = await kubeconfig('ann', (config) => {
      config.users = config.users.map(({ name }) => ({ name, user: { token: token.trim() } }));
    });
    await expect(explain('-k', ann)).resolves.toMatchObject({
      code: 0,
      stdout: expect.not.stringContaining('A new attempt'),
      stderr: expect.stringMatching(
        /may not list sparkpoddefaults.* in namespace "operators".*\n.*only what the current/,
      ),
    });
  }, 60_000);
});

interface Kubeconfig {
  clusters: { cluster: { server: string } }[];
  users: { name: string; user: object }[];
  contexts: { name: string; context: object }[];
}

const specOf = (object: object): object =>
  'spec' in object && typeof object.spec === 'object' && object.spec !== null ? object.spec : {};
