import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_VERSION, API_VERSION_ALPHA } from '../../api/group.ts';
import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { run } from '../../hack/run.ts';
import { applyCrds, untilServed } from '../operator/apply-crds.ts';
import { statusOfKubeflow } from './manifests/status-of-kubeflow.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const crds = join(root, 'crds');
const manifests = join(root, 'test/integration/manifests/every-field.yaml');

/** A specification that is right; each bad case changes one thing. */
const good = {
  type: 'Scala',
  image: 'localhost/spark:4.0.1',
  mainClass: 'org.example.Main',
  mainApplicationFile: 'local:///app.jar',
};

const applicationOf = (spec: object, name = 'given'): string =>
  JSON.stringify({ apiVersion: API_VERSION, kind: 'SparkApplication', metadata: { name, namespace: 'default' }, spec });

const bad: Record<string, { spec: object; name?: string; says: string }> = {
  'Kubernetes units for a heap': {
    spec: { driver: { memory: '512Mi' } },
    says: 'spec.driver.memory: Invalid value: "string": "512Mi" is not a memory size as Java writes it',
  },
  'nonsense for a CPU': {
    spec: { executor: { coreRequest: 'one' } },
    says: 'spec.executor.coreRequest: Invalid value: "string": "one" is not a number of CPUs',
  },
  'a jar without a class': { spec: { mainClass: null }, says: 'spec.mainClass: Required value: mainClass is missing' },
  'no image': { spec: { image: null }, says: 'spec.image: Required value: image is missing' },
  'no file': { spec: { mainApplicationFile: null }, says: 'spec.mainApplicationFile: Required value' },
  'a file of the laptop': { spec: { mainApplicationFile: 'app.jar' }, says: 'local:///path for a file in the image' },
  'client mode': {
    spec: { mode: 'client' },
    says: 'spec.mode: Invalid value: "string": mode client would run the driver inside the operator',
  },
  'an unknown type': {
    spec: { type: 'Go' },
    says: 'spec.type: Unsupported value: "Go": supported values: "Java", "Python", "Scala", "R"',
  },
  'a key of the operator': {
    spec: { sparkConf: { 'spark.master': 'x' } },
    says: 'spec.sparkConf: Forbidden: spark.master',
  },
  'a nodeSelector for both and one': {
    spec: { nodeSelector: { a: 'b' }, driver: { nodeSelector: { a: 'b' } } },
    says: 'spec.nodeSelector: Forbidden',
  },
  'fewer executors at most than at least': {
    spec: { dynamicAllocation: { minExecutors: 3, maxExecutors: 1 } },
    says: 'minExecutors is greater than maxExecutors',
  },
  'no executors': { spec: { executor: { instances: 0 } }, says: 'spec.executor.instances: Invalid value: 0' },
  'a factor in per cent': { spec: { memoryOverheadFactor: '20%' }, says: '"20%" is not a number' },
  'an unknown field': {
    spec: { driver: { volumeMounts: [{ name: 'a', mountpath: '/a' }] } },
    says: 'unknown field "spec.driver.volumeMounts[0].mountpath"',
  },
  'a name that is too long': { spec: {}, name: 'a'.repeat(64), says: 'metadata.name must be at most 63' },
};

describe.each(['1.34', '1.31'])('the CRDs on Kubernetes %s', (version) => {
  let plane: ControlPlane;

  const kubectl = async (args: readonly string[], input?: string): Promise<string> =>
    (await run(kubectlPath(), ['--kubeconfig', plane.kubeconfig, ...args], input === undefined ? {} : { input }))
      .stdout;
  const object = async (...args: string[]): Promise<{ spec: object; status?: object }> =>
    JSON.parse(await kubectl(['get', ...args, '-o', 'json'])) as { spec: object; status?: object };
  beforeAll(async () => {
    plane = await startControlPlane({ name: `crds-${version}`, emulatedVersion: version });
    await applyCrds(plane.kubeconfig);
  }, 120_000);

  afterAll(async () => plane.stop());

  it('apply from the client, again without a change, and small', async () => {
    expect(await kubectl(['apply', '-f', crds])).toMatch(/^(.* unchanged\n){3}$/);
    const texts = await Promise.all((await readdir(crds)).map((file) => readFile(join(crds, file), 'utf8')));
    expect(Buffer.byteLength(texts.join(''))).toBeLessThan(150_000);
  }, 60_000);

  it('take every field of a manifest and lose none', async () => {
    await kubectl(['apply', '--validate=strict', '-f', manifests]);
    expect(await kubectl(['apply', '--validate=strict', '-f', manifests])).toMatch(/^(.* unchanged\n){4}$/);
    const { spec } = await object('sparkapp', 'every-field');
    expect(spec).toMatchObject({
      driver: {
        template: { spec: { topologySpreadConstraints: [{ maxSkew: 1 }] } },
        affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100 }] } },
        sidecars: [{ livenessProbe: { httpGet: { port: 'http' } }, resources: { limits: { cpu: 1 } } }],
      },
      volumes: expect.arrayContaining([expect.objectContaining({ name: 'legacy' })]),
    });
  }, 60_000);

  it('fill in what never depends on anything else', async () => {
    expect((await object('sparkapp', 'least')).spec).toMatchObject({ mode: 'cluster' });
    expect((await object('scheduledsparkapp', 'nightly')).spec).toMatchObject({
      concurrencyPolicy: 'Forbid',
      failedRunHistoryLimit: 0,
      template: { mode: 'cluster' },
    });
  }, 60_000);

  it('take the examples', async () => {
    await kubectl(['apply', '--validate=strict', '--dry-run=server', '-f', join(root, 'examples')]);
  }, 60_000);

  it('take the examples of site defaults, show their role, and refuse what they may not set', async () => {
    for (const namespace of ['spark-operator', 'physics']) await kubectl(['create', 'namespace', namespace]);
    await kubectl(['apply', '--validate=strict', '-f', join(root, 'examples/pod-defaults')]);
    const table = await kubectl(['get', 'spd', '-n', 'spark-operator']);
    expect(
      table
        .split('\n')[0]
        ?.trim()
        .split(/\s{2,}/),
    ).toEqual(['NAME', 'ROLE', 'PROPAGATE', 'READY', 'AGE']);
    expect(table).toMatch(/^s3 +Both +true /m);
    const owned = JSON.stringify({
      apiVersion: API_VERSION_ALPHA,
      kind: 'SparkPodDefaults',
      metadata: { name: 'owned', namespace: 'spark-operator' },
      spec: { sparkConf: { 'spark.master': 'x' } },
    });
    await expect(kubectl(['apply', '-f', '-'], owned)).rejects.toThrow('spec.sparkConf: Forbidden: master, images');
  }, 60_000);

  it.each(Object.entries(bad))(
    'refuse %s',
    async (_sentence, { spec, name, says }) => {
      const given = JSON.parse(
        applicationOf({ ...good, ...spec }, name),
        (_key, value: unknown) => value ?? undefined,
      ) as object;
      await expect(kubectl(['apply', '--dry-run=server', '-f', '-'], JSON.stringify(given))).rejects.toThrow(says);
    },
    60_000,
  );

  it('take the status that kubeflow writes, byte for byte', async () => {
    await kubectl(['apply', '-f', '-'], applicationOf(good, 'left-behind'));
    for (const status of statusOfKubeflow) {
      const written = JSON.stringify({ ...(await object('sparkapp', 'left-behind')), status });
      await kubectl(['replace', '--subresource=status', '-f', '-'], written);
      expect((await object('sparkapp', 'left-behind')).status).toEqual(status);
    }
  }, 60_000);

  it('show the columns that people know', async () => {
    expect((await kubectl(['get', 'sparkapp'])).split('\n')[0]?.split(/ {2,}/)).toEqual([
      'NAME',
      'SUSPEND',
      'STATUS',
      'ATTEMPTS',
      'START',
      'FINISH',
      'AGE',
    ]);
    expect((await kubectl(['get', 'scheduledsparkapp'])).split('\n')[0]).toMatch(
      /NAME +SCHEDULE +TIMEZONE +SUSPEND +LAST RUN +LAST RUN NAME +AGE/,
    );
  }, 60_000);

  it('let the status of an application be written that today’s rules would refuse', async () => {
    await kubectl(['delete', 'crd', '--all', '--wait']);
    const folder = await mkdtemp(join(tmpdir(), 'spark-operator-crds-'));
    try {
      await writeFile(join(folder, 'lax.yaml'), await laxCrd());
      await kubectl(['apply', '-f', folder]);
      await untilServed(plane.kubeconfig, 'sparkapplications');
      await kubectl(
        ['apply', '-f', '-'],
        applicationOf({ mode: 'client', driver: { memory: '1Gi' }, mainApplicationFile: 'x.jar' }, 'old'),
      );
      await applyCrds(plane.kubeconfig);
      await kubectl([
        'patch',
        'sparkapp',
        'old',
        '--subresource=status',
        '--type=merge',
        '-p',
        '{"status":{"applicationState":{"state":"FAILED"}}}',
      ]);
      expect((await object('sparkapp', 'old')).status).toEqual({ applicationState: { state: 'FAILED' } });
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});

/** The CRD of SparkApplication with a schema that checks nothing, as an older operator might have left it. */
async function laxCrd(): Promise<string> {
  const text = await readFile(join(crds, 'sparkoperator.k8s.io_sparkapplications.yaml'), 'utf8');
  const [head = ''] = text.split('        openAPIV3Schema:');
  return `${head}        openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }\n`;
}
