import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';

import type { Pod } from '../../api/kubernetes.ts';
import { clusterKubeconfig } from '../../hack/cluster/cluster-record.ts';
import { eventually } from '../../hack/cluster/eventually.ts';
import { DEFAULT_NAME } from '../../hack/cluster/options.ts';
import { openBucket } from '../../openstack/object-store/open-bucket.ts';
import type { Bucket } from '../../openstack/object-store/object-store.ts';
import { s3PodDefaults, s3Secret } from '../../openstack/s3/objects.ts';
import { reach, withDiagnosis, type AppRef } from './application.ts';
import { forward, type Forwarded } from './forward.ts';
import type { Kubectl, KubeObject, Recording } from './kubectl.ts';
import { load } from './nodes.ts';
import { CHART, preparedCluster, type Prepared } from './release.ts';
import { startS3Server, type S3Server } from './s3-server.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples/openstack');
const RELEASE = 'openstack-examples';
const OPERATOR = 'openstack-examples-operator';
const STORE = 'openstack-examples-s3';
/** In place of `default`, which other tests use at the same time. */
const NAMESPACE = 'openstack-examples';
const BUCKET = 'demo-1a2b3c4d';
const S3_PORT = 7070;
const IMAGE = 'localhost/spark:4.0.1-aws';
const RUN_MS = 480_000;
/** A machine that is busy with other things is slower than Spark expects. */
const PATIENCE = {
  'spark.kubernetes.driver.connectionTimeout': '60000',
  'spark.kubernetes.driver.requestTimeout': '60000',
};

/** What each example prints on its driver, by file. */
const examples: Record<string, { readonly app: string; readonly prints: readonly RegExp[] }> = {
  'pi-event-log': { app: 'openstack-pi', prints: [/^Pi is roughly 3\.\d+$/m] },
  's3-read-write': {
    app: 'openstack-s3',
    prints: [/^Read back 1000 rows from s3a:\/\/demo-1a2b3c4d\/examples\/digits$/m, /^The sum of the digits is 4500$/m],
  },
  'hdfs-kerberos': {
    app: 'openstack-hdfs',
    prints: [
      /^The driver sees: core-site\.xml hdfs-site\.xml, ticket: True, realm: True$/m,
      /^Paths without a scheme are in hdfs:\/\/analytix$/m,
      /^The executors see: core-site\.xml hdfs-site\.xml, ticket: True, realm: True$/m,
    ],
  },
  'cvmfs-eos': {
    app: 'openstack-cvmfs',
    prints: [
      /^The driver sees: software LCG_107, 3 events, CVMFS is read-only$/m,
      /^The executors see: software LCG_107, 3 events, CVMFS is read-only$/m,
    ],
  },
  'private-image': { app: 'openstack-private-image', prints: [/^Pi is roughly 3\.\d+$/m] },
  streaming: { app: 'openstack-streaming', prints: [/^Wrote [3-9]\d+ rows, all of them once: True$/m] },
};

type SeenPod = Pod & KubeObject;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: Readonly<Record<string, unknown>> & { readonly driver?: object };
}

describe('the examples for OpenStack', () => {
  let cluster: Prepared;
  let kubectl: Kubectl;
  let store: S3Server;
  let forwarded: Forwarded;
  let bucket: Bucket;
  let pods: Recording<SeenPod>;

  const namespaces = [OPERATOR, STORE, NAMESPACE];
  const appOf = (name: string): AppRef => ({ namespace: NAMESPACE, name });
  const apply = (...items: readonly object[]): Promise<string> =>
    kubectl.text(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

  const files = Object.keys(examples);
  const applied = new Set<string>();
  const start = async (file: string | undefined): Promise<void> => {
    if (file === undefined || applied.has(file)) return;
    applied.add(file);
    await apply(...(await manifests(file)).map(asHere));
  };

  beforeAll(async () => {
    cluster = await preparedCluster();
    ({ kubectl } = cluster);
    await load(kubectl, 'spark-4.0.1-aws');
    const { ref: image } = await load(kubectl, 's3-server');
    await cluster.helm(['uninstall', RELEASE, '--namespace', OPERATOR, '--ignore-not-found', '--wait']);
    await kubectl.text(['delete', 'namespace', ...namespaces, '--ignore-not-found', '--wait', '--timeout', '300s']);
    await cluster.ensureNamespaces(namespaces);
    store = await startS3Server(kubectl, { namespace: STORE, image, bucket: BUCKET, folder: 'spark-events' });
    await cluster.helm([...install(cluster), '--wait', '--timeout', '4m']);
    await apply(
      ...siteDefaults(store),
      ...mounts(),
      ...(await manifests('cvmfs-eos-claims')).map(localClaim),
      ...secrets(),
    );
    await kubectl.text(['-n', NAMESPACE, 'wait', '--for=create', 'secret/spark-s3', '--timeout', '120s']);
    await kubectl.text(['-n', NAMESPACE, 'wait', '--for=condition=complete', 'job/fill-mounts', '--timeout', '240s']);
    pods = kubectl.record(`/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=spark-role`);
    const name = process.env['SPARK_OPERATOR_CLUSTER'] ?? DEFAULT_NAME;
    forwarded = await forward(clusterKubeconfig(name), STORE, 's3', S3_PORT);
    bucket = bucketOf(store, forwarded.port);
  }, 1_200_000);

  afterAll(async () => {
    pods.stop();
    bucket.close();
    forwarded.close();
    await cluster.helm(['uninstall', RELEASE, '--namespace', OPERATOR, '--ignore-not-found']).catch(() => '');
    await kubectl.text(['delete', 'namespace', ...namespaces, '--ignore-not-found', '--wait=false']);
  }, 180_000);

  it('are all known to this test', async () => {
    const found = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.yaml'));
    expect(found.map((file) => file.replace('.yaml', '')).sort()).toEqual([...files, 'cvmfs-eos-claims'].sort());
  });

  it.each(Object.entries(examples))(
    '%s completes and prints what it should',
    async (file, { app, prints }) => {
      await start(file);
      await start(files[files.indexOf(file) + 1]);
      const done = await reach(kubectl, appOf(app), 'COMPLETED', RUN_MS);
      await withDiagnosis(kubectl, appOf(app), async () => {
        const log = await kubectl.text(['-n', NAMESPACE, 'logs', done.status?.driverInfo?.podName ?? '']);
        for (const line of prints) expect(log).toMatch(line);
      });
    },
    RUN_MS + 60_000,
  );

  it(
    'streaming goes on from its checkpoint when its driver is taken away',
    async () => {
      const ref = appOf('streaming-again');
      const [program, app] = await manifests('streaming');
      if (program === undefined || app === undefined) throw new Error('The example has two documents');
      const again = { ...app, metadata: { name: ref.name }, spec: { ...app.spec, arguments: ['again', '12'] } };
      await apply(...[program, again].map(asHere));
      const isUnderWay = async (): Promise<boolean> =>
        (await bucket.keys('examples/again/checkpoint/commits/', 100)).some((key) => key.endsWith('/2'));
      const waited = await eventually(isUnderWay, { timeoutMs: RUN_MS, everyMs: 1000 });
      await withDiagnosis(kubectl, ref, () => {
        expect({ waited }).toEqual({ waited: true });
        return kubectl.text(['-n', NAMESPACE, 'delete', 'pod', `${ref.name}-driver`, '--wait=false']);
      });
      const done = await reach(kubectl, ref, 'COMPLETED', RUN_MS);
      expect(done.status?.executionAttempts).toBe(2);
      const log = await kubectl.text(['-n', NAMESPACE, 'logs', `${ref.name}-driver`]);
      expect(log).toMatch(/^Wrote 1[2-9]\d rows, all of them once: True$/m);
    },
    3 * RUN_MS,
  );

  it('leave an event log each in the object store', async () => {
    const logs = await bucket.keys('spark-events/', 1000);
    for (const { app } of Object.values(examples)) {
      const id = (await reach(kubectl, appOf(app), 'COMPLETED')).status?.sparkApplicationId ?? 'no id';
      expect({ app, logs: logs.some((key) => key.includes(id)), keys: logs }).toMatchObject({ app, logs: true });
    }
  }, 60_000);

  it('keep the checkpoint of the stream in the object store', async () => {
    const keys = await bucket.keys('examples/stream/checkpoint/', 1000);
    expect(keys).toEqual(expect.arrayContaining(['examples/stream/checkpoint/commits/2']));
  });

  it('give the pull secret to driver and executors', () => {
    const seen = pods.versions.filter(
      ({ metadata: { labels = {} } }) => labels['sparkoperator.k8s.io/app-name'] === 'openstack-private-image',
    );
    expect(new Set(seen.map(({ metadata: { labels = {} } }) => labels['spark-role']))).toEqual(
      new Set(['driver', 'executor']),
    );
    for (const { spec } of seen) expect(spec?.imagePullSecrets).toEqual([{ name: 'openstack-registry' }]);
  });

  it('never show the secret key', () => {
    expect(pods.versions.length).toBeGreaterThan(0);
    expect(JSON.stringify(pods.versions)).not.toContain(store.secretKey);
  });
});

/** The documents of an example's file. */
async function manifests(file: string): Promise<readonly Manifest[]> {
  const text = await readFile(join(EXAMPLES, `${file}.yaml`), 'utf8');
  // Our own examples: an object with kind and metadata each.
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

/** An example as it is, but in the namespace of this test, with its account and an image that the nodes have. */
function asHere(manifest: Manifest): object {
  const moved = { ...manifest, metadata: { ...manifest.metadata, namespace: NAMESPACE } };
  if (manifest.kind !== 'SparkApplication') return moved;
  const { spec } = manifest;
  const sparkConf = { ...asObject(spec?.['sparkConf']), ...PATIENCE };
  const driver = { ...spec?.driver, serviceAccount: `${RELEASE}-spark` };
  return { ...moved, spec: { ...spec, image: IMAGE, sparkConf, driver } };
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

const install = (cluster: Prepared): readonly string[] => [
  ...['install', RELEASE, CHART, '--namespace', OPERATOR],
  ...cluster.values([NAMESPACE], {
    hook: { enable: false },
    webhook: { replicas: 1 },
    podDefaults: { propagate: { secrets: ['spark-s3'] } },
  }),
];

/** What `opsparkctl create spark` and the hook `openstack-init` make. */
function siteDefaults({ endpoint, accessKey, secretKey }: S3Server): readonly object[] {
  const location = { bucket: BUCKET, endpoint, region: 'us-east-1', pathStyle: true, eventLogFolder: 'spark-events' };
  return [s3Secret(OPERATOR, { accessKey, secretKey, ours: false }, undefined), s3PodDefaults(OPERATOR, location)];
}

const bucketOf = ({ accessKey, secretKey }: S3Server, port: number): Bucket => {
  const settings = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', pathStyle: true, caPem: undefined };
  return openBucket({ ...settings, accessKey, secretKey }, BUCKET);
};

/** A ticket and a registry's password, as the comments of the examples have them made. */
function secrets(): readonly object[] {
  const secret = (name: string, type: string, stringData: object): object => ({
    ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: NAMESPACE } },
    ...{ type, stringData },
  });
  const auths = JSON.stringify({ auths: { 'registry.example.org': { username: 'spark', password: 'none' } } });
  return [
    secret('openstack-krb5-ticket', 'Opaque', { krb5cc: 'no ticket' }),
    secret('openstack-registry', 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': auths }),
  ];
}

/** The claims of the example, served from local volumes: there is no driver for CVMFS and EOS here. */
const localClaim = (claim: Manifest): object => ({
  ...claim,
  metadata: { ...claim.metadata, namespace: NAMESPACE },
  spec: { ...claim.spec, storageClassName: 'standard', accessModes: ['ReadWriteOnce'] },
});

/** Puts into the two volumes what the site's file systems would hold. */
function mounts(): readonly object[] {
  const script = 'echo LCG_107 > /cvmfs/version; printf "1\\n2\\n3\\n" > /eos/events.txt';
  const volume = (name: string, claimName: string): object => ({ name, persistentVolumeClaim: { claimName } });
  const container = {
    name: 'fill',
    image: IMAGE,
    command: ['sh', '-c', script],
    volumeMounts: ['cvmfs', 'eos'].map((name) => ({ name, mountPath: `/${name}` })),
  };
  const spec = {
    restartPolicy: 'Never',
    containers: [container],
    volumes: [volume('cvmfs', 'cvmfs-sft'), volume('eos', 'eos-project')],
  };
  const metadata = { name: 'fill-mounts', namespace: NAMESPACE };
  return [{ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { backoffLimit: 2, template: { spec } } }];
}
