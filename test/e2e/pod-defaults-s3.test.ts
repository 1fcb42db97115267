import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { eventually } from '../../hack/cluster/eventually.ts';
import { reach, withDiagnosis, type AppRef } from './application.ts';
import type { Kubectl, KubeObject, Recording } from './kubectl.ts';
import { load } from './nodes.ts';
import { stopAll, type Ended } from './program.ts';
import { CHART, preparedCluster, type Prepared } from './release.ts';
import { startS3Server, type S3Server } from './s3-server.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples/s3');
const RELEASE = 'site';
const OPERATOR = 'site-operator';
const STORE = 'site-s3';
/** Does not exist when the operator is installed. */
const TEAM = 'team-a';
const SECRET = 's3-credentials';
/** Time-outs that are too short for a machine that is busy with other things. */
const PATIENCE = ['connectionTimeout', 'requestTimeout'] as const;
const byOperator: AppRef = { namespace: TEAM, name: 'pi-by-operator' };

/** An event log as the history server's REST API shows it. */
interface Logged {
  readonly id: string;
  readonly name: string;
  readonly attempts: readonly { readonly completed: boolean; readonly appSparkVersion: string }[];
}

interface SeenJob extends KubeObject {
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

interface SeenPod extends KubeObject {
  readonly status: { readonly phase?: string };
}

/** For one Pi, from its manifest to its end: far more than the minute that it takes on a machine with nothing else to do. */
const RUN_SECONDS = 480;

const jobName = (version: string): string => `pi-by-hand-${version.replaceAll('.', '-')}`;

describe("a site's S3 store, for a team that comes later", () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let store: S3Server;
  let recordings: readonly Recording<KubeObject>[] = [];

  const sparkctl = (...args: string[]): Promise<Ended> => cluster.sparkctl(args).ended;
  const apply = (object: unknown): Promise<string> => kubectl.text(['apply', '-f', '-'], JSON.stringify(object));
  const namespaces = [OPERATOR, STORE, TEAM];
  const versions = ['4.0.1', '3.5.8'];
  const submitted = new Set<string>();
  /** Two at a time: while the one waits for its pods, the other works. */
  const submit = async (version: string | undefined): Promise<void> => {
    if (version === undefined || submitted.has(version)) return;
    submitted.add(version);
    await apply(await submitJob(jobName(version), version));
  };
  const ended = <T extends KubeObject>(path: string, isOver: (object: T) => boolean | undefined): Promise<T> =>
    kubectl.until<T, T>({
      path,
      what: 'its end',
      timeoutMs: RUN_SECONDS * 1000,
      found: (object) => (isOver(object) === true ? object : undefined),
    });

  beforeAll(async () => {
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    await load(kubectl, 'spark-4.0.1-aws');
    await load(kubectl, 'spark-3.5.8-aws');
    const { ref: image } = await load(kubectl, 's3-server');
    await cluster.helm(['uninstall', RELEASE, '--namespace', OPERATOR, '--ignore-not-found', '--wait']);
    await kubectl.text(['delete', 'namespace', ...namespaces, '--ignore-not-found', '--wait', '--timeout', '300s']);
    await cluster.ensureNamespaces([OPERATOR, STORE]);
    store = await startS3Server(kubectl, { namespace: STORE, image, bucket: 'spark-logs', folder: 'events' });
    await apply(await secretOf(store));
    await cluster.helm([
      'install',
      RELEASE,
      CHART,
      '--namespace',
      OPERATOR,
      ...values(cluster, store),
      '--wait',
      '--timeout',
      '4m',
    ]);
  }, 1_200_000);

  afterAll(async () => {
    stopAll();
    for (const recording of recordings) recording.stop();
    await cluster.helm(['uninstall', RELEASE, '--namespace', OPERATOR, '--ignore-not-found']).catch(() => '');
    await kubectl.text(['delete', 'namespace', ...namespaces, '--ignore-not-found', '--wait=false']);
  }, 180_000);

  it('refuses requests that are not signed', async () => {
    await expect(store.unsigned('/spark-logs')).rejects.toThrow(/rejected|BadRequest|Forbidden/);
  });

  it('is described once, by the defaults of the examples', async () => {
    const defaults = await example('pod-defaults.yaml');
    defaults.metadata.namespace = OPERATOR;
    Object.assign(defaults.spec.hadoopConf, { 'fs.s3a.endpoint': store.endpoint });
    await expect(apply(defaults)).resolves.toContain('s3 created');
  });

  it('reaches the namespace that sparkctl sets up, with the Secret', async () => {
    const setup = await sparkctl('setup', 'namespace', TEAM, '--create', '--release', RELEASE, '--quota', 'pods=20');
    expect(setup).toMatchObject({ code: 0, stdout: expect.stringContaining('serviceaccount/spark created') });
    const again = await sparkctl('setup', 'namespace', TEAM, '--release', RELEASE, '--quota', 'pods=20');
    expect(again).toMatchObject({ code: 0, stdout: expect.not.stringMatching(/created|configured/) });

    await kubectl.text(['-n', TEAM, 'wait', '--for=create', `secret/${SECRET}`, '--timeout', '120s']);
    recordings = ['pods', 'configmaps'].map((kind) => kubectl.record(`/api/v1/namespaces/${TEAM}/${kind}`));
  }, 240_000);

  it(
    'takes the event log of an application that says nothing of it',
    async () => {
      const app = await example('spark-pi.yaml');
      const sparkConf = Object.fromEntries(PATIENCE.map((key) => [`spark.kubernetes.driver.${key}`, '60000']));
      await apply({ ...app, spec: { ...app.spec, sparkConf } });
      await submit(versions[0]);
      const done = await reach(kubectl, byOperator, 'COMPLETED', RUN_SECONDS * 1000);
      expect(done.status?.podDefaults).toEqual([
        expect.objectContaining({ name: `${OPERATOR}/s3`, applied: expect.any(Number) }),
      ]);
    },
    RUN_SECONDS * 1000 + 60_000,
  );

  it('is explained to those who ask where it came from', async () => {
    const { code, stdout } = await sparkctl(
      'explain-defaults',
      byOperator.name,
      '-n',
      TEAM,
      '--operator-namespace',
      OPERATOR,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`application +sparkConf spark.eventLog.enabled +true +${OPERATOR}/s3 +filled in`),
    );
    expect(stdout).toMatch(/executor +env AWS_SECRET_ACCESS_KEY +Secret s3-credentials, key AWS_SECRET_ACCESS_KEY/);
  }, 120_000);

  it.each(versions)(
    'takes the event log of a plain spark-submit job of Spark %s',
    async (version) => {
      await submit(version);
      await submit(versions[versions.indexOf(version) + 1]);
      const name = jobName(version);
      await withDiagnosis(kubectl, { namespace: TEAM, name }, async () => {
        const jobs = `/apis/batch/v1/namespaces/${TEAM}/jobs?fieldSelector=metadata.name=${name}`;
        // SuccessCriteriaMet comes before either: the end is told by these two alone.
        const job = await ended<SeenJob>(jobs, ({ status }) =>
          status.conditions?.some(({ type, status: is }) => /^(Complete|Failed)$/.test(type) && is === 'True'),
        );
        expect(job.status.conditions).toContainEqual(expect.objectContaining({ type: 'Complete', status: 'True' }));
        const drivers = `/api/v1/namespaces/${TEAM}/pods?labelSelector=example=${name},spark-role=driver`;
        const driver = await ended<SeenPod>(drivers, ({ status: { phase = '' } }) => /Succeeded|Failed/.test(phase));
        const log = await kubectl.text(['-n', TEAM, 'logs', driver.metadata.name, '--tail', '-1']);
        expect(log).toMatch(/^Pi is roughly 3\.\d+$/m);
      });
    },
    2 * RUN_SECONDS * 1000 + 60_000,
  );

  it('holds all of the logs: the history server reads them there', async () => {
    let logged: readonly Logged[] = [];
    const path = `/api/v1/namespaces/${OPERATOR}/services/${RELEASE}-spark-operator-history:18080/proxy/api/v1/applications`;
    const complete = async (): Promise<boolean> => {
      // The REST API of the history server.
      logged = JSON.parse(await kubectl.text(['get', '--raw', path])) as readonly Logged[];
      return logged.length >= 3 && logged.every(({ attempts }) => attempts.every(({ completed }) => completed));
    };
    await eventually(() => complete().catch(() => false), { timeoutMs: 240_000, everyMs: 2000 }).catch(() => undefined);
    const seen = logged.map(({ name, attempts }) => [name, attempts.map(({ appSparkVersion }) => appSparkVersion)]);
    expect(seen.sort()).toEqual([
      ['PythonPi', ['3.5.8']],
      ['PythonPi', ['4.0.1']],
      ['PythonPi', ['4.0.1']],
    ]);
    expect(logged.every(({ attempts }) => attempts.every(({ completed }) => completed))).toBe(true);
  }, 300_000);

  it('and nobody but the Secrets ever held the secret key', async () => {
    const secret = [store.secretKey, Buffer.from(store.secretKey).toString('base64')];
    const holds = (text: string): boolean => secret.some((form) => text.includes(form));
    const kinds = 'pods,configmaps,jobs,deployments,events,sparkapplications,sparkpoddefaults';
    const now = await kubectl.text(['get', kinds, '--all-namespaces', '-o', 'json']);
    const ever = recordings.map(({ versions }) => JSON.stringify(versions));
    const logs = await Promise.all(
      ['controller', 'webhook'].map((component) =>
        kubectl.text(['-n', OPERATOR, 'logs', '-l', `app.kubernetes.io/component=${component}`, '--tail', '-1']),
      ),
    );
    expect(recordings.every(({ versions }) => versions.length > 0)).toBe(true);
    expect(logs.every((log) => log !== '')).toBe(true);
    expect([now, ...ever, ...logs].map(holds)).not.toContain(true);
    // The same search finds it where it is.
    await expect(kubectl.text(['-n', TEAM, 'get', 'secret', SECRET, '-o', 'json']).then(holds)).resolves.toBe(true);
  }, 180_000);
});

/** What the tests touch of an example. */
interface Example {
  readonly metadata: { namespace: string; name: string };
  readonly spec: { readonly hadoopConf: Record<string, string> };
}

async function example(file: string): Promise<Example> {
  // The examples are Kubernetes objects, one in each file.
  return parse(await readFile(join(EXAMPLES, file), 'utf8')) as Example;
}

async function secretOf({ accessKey, secretKey }: S3Server): Promise<object> {
  const secret = await example('secret.yaml');
  secret.metadata.namespace = OPERATOR;
  return { ...secret, stringData: { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey } };
}

/**
 * The job of the examples for another version of Spark, with a label by which its driver is found, and with patience for a
 * machine that is busy with other things.
 */
async function submitJob(name: string, version: string): Promise<unknown> {
  const text = await readFile(join(EXAMPLES, 'spark-submit-job.yaml'), 'utf8');
  const timeouts = ['submission', 'driver'].flatMap((who) =>
    PATIENCE.map((which) => `spark.kubernetes.${who}.${which}=60000`),
  );
  const properties = [`spark.kubernetes.driver.label.example=${name}`, ...timeouts];
  const more = properties.map((property) => `            - --conf=${property}\n`).join('');
  return parse(
    text
      .replaceAll('pi-by-hand', name)
      .replaceAll('4.0.1', version)
      .replace(/^ +- local:/m, (line) => `${more}${line}`),
  );
}

/** The operator runs the applications of labelled namespaces, and there is none yet. */
function values(cluster: Prepared, { endpoint }: S3Server): readonly string[] {
  const image = { registry: '', repository: 'localhost/spark', tag: '4.0.1-aws' };
  const s3 = { endpoint, secretName: SECRET };
  const history = { enable: true, image, logDirectory: 's3a://spark-logs/events', s3 };
  const sparkConf = { 'spark.history.fs.update.interval': '2s', 'spark.hadoop.fs.s3a.endpoint.region': 'us-east-1' };
  return [
    ...cluster.values([]),
    ...['--set', 'spark.jobNamespaceSelector=site.example.org/spark=enabled'],
    ...['--set', `podDefaults.propagate.secrets={${SECRET}}`],
    ...['--set-json', `historyServer=${JSON.stringify({ ...history, sparkConf })}`],
  ];
}
