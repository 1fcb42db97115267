import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CertificateAuthority, createCertificateAuthority } from '../../../certificates/authority.ts';
import { serviceDnsNames } from '../../../certificates/dns-names.ts';
import { ensureCertificates } from '../../../certificates/ensure.ts';
import { rsaKeyPair } from '../../../certificates/key-pair.ts';
import { SERIAL_BYTES } from '../../../certificates/serial-number.ts';
import { issueServerCertificate } from '../../../certificates/server-certificate.ts';
import { eventually } from '../../../hack/cluster/eventually.ts';
import { setCaBundles } from '../../../kube/ca-bundle.ts';
import { kubeClient, type KubeClient } from '../../../kube/client.ts';
import { loadKubeconfig } from '../../../kube/kubeconfig.ts';
import { resources } from '../../../kube/resources.ts';
import { secretStore } from '../../../kube/secret-store.ts';
import { createTransport, type Transport } from '../../../kube/transport.ts';
import type { Kubectl, KubeObject } from '../kubectl.ts';
import { preparedNodes } from '../nodes.ts';
import { createdWithPatch, PROOF, startLoad } from '../pod-creates.ts';
import { CHART, preparedCluster, type Prepared } from '../release.ts';

const RELEASE = 'certs';
const NAMESPACE = 'certs-operator';
const JOBS = 'certs-jobs';
const FULLNAME = 'certs-spark-operator';
const SECRET = { namespace: NAMESPACE, name: `${FULLNAME}-webhook-certs` };
const SERVICE = { namespace: NAMESPACE, name: `${FULLNAME}-webhook-svc` };
const CONFIGURATION = `${FULLNAME}-webhook`;
const DEPLOYMENT = `deployment/${FULLNAME}-webhook`;
const PODS = ['-n', NAMESPACE, 'pods', '-l', 'app.kubernetes.io/component=webhook'] as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Renewed every 50 s. */
const LEAF_SECONDS = 75;
const PER_SECOND = 100;
/** Two renewals at the longest: the load ends after the first that it has seen. */
const LOAD_LIMIT = PER_SECOND * 120;

interface WebhookPod extends KubeObject {
  readonly status: { readonly containerStatuses?: readonly { readonly restartCount: number }[] };
}

let cluster: Prepared;
let kubectl: Kubectl;
let transport: Transport | undefined;
let client: KubeClient;

/** uid and restarts of each webhook pod. */
const lives = async (): Promise<readonly string[]> =>
  (await kubectl.json<{ items: readonly WebhookPod[] }>(PODS)).items
    .map(({ metadata, status }) => `${metadata.uid} ${status.containerStatuses?.[0]?.restartCount ?? 0}`)
    .sort();

/** How often each webhook pod has changed its certificate, the first one included. */
async function switches(): Promise<readonly number[]> {
  const { items } = await kubectl.json<{ items: readonly WebhookPod[] }>(PODS);
  const logs = await Promise.all(items.map(({ metadata: { name } }) => kubectl.text(['-n', NAMESPACE, 'logs', name])));
  return logs.map((log) => log.split('Serving a new certificate').length - 1);
}

const patched = async (): Promise<boolean> => (await createdWithPatch(client, JOBS)) === undefined;

/** Resolves when all replicas have changed their certificate since `before`. */
async function untilSwitched(before: readonly number[], timeoutMs: number): Promise<void> {
  const least = Math.min(...before) + 1;
  const done = async (): Promise<boolean> => (await switches()).every((count) => count >= least);
  expect(await eventually(done, { timeoutMs, everyMs: 1000 })).toBe(true);
}

const rollout = async (...args: readonly string[]): Promise<void> => {
  await kubectl.text(['-n', NAMESPACE, ...args]);
  await kubectl.text(['-n', NAMESPACE, 'rollout', 'status', DEPLOYMENT, '--timeout', '180s']);
  // The old ones answer on for a while.
  expect(await eventually(async () => (await lives()).length === 2, { timeoutMs: 60_000, everyMs: 500 })).toBe(true);
};

beforeAll(async () => {
  cluster = await preparedCluster();
  kubectl = cluster.kubectl;
  await cluster.ensureNamespaces([NAMESPACE, JOBS]);
  const { kubeconfig } = await preparedNodes();
  // One attempt: a failure is seen, never mended.
  transport = createTransport({ ...(await loadKubeconfig({ path: kubeconfig })), limits: { attempts: 1 } });
  client = kubeClient(transport);
  const certificates = { duration: `${LEAF_SECONDS}s` };
  const values = cluster.values([JOBS], { webhook: { podFailurePolicy: 'Fail', certificates } });
  const place = ['--namespace', NAMESPACE, '--wait', '--timeout', '3m'];
  await cluster.helm(['upgrade', '--install', RELEASE, CHART, ...values, ...place]);
  const defaults = { metadata: { namespace: JOBS, name: 'proof' }, spec: { annotations: { [PROOF]: 'yes' } } };
  const { group, version, kind } = resources.sparkPodDefaults;
  await kubectl.text(['apply', '-f', '-'], JSON.stringify({ apiVersion: `${group}/${version}`, kind, ...defaults }));
  expect(await eventually(patched, { timeoutMs: 30_000, everyMs: 200 })).toBe(true);
}, 900_000);

afterAll(async () => {
  await transport?.close();
  await cluster.helm(['uninstall', RELEASE, '--namespace', NAMESPACE, '--ignore-not-found']).catch(() => '');
  await kubectl.text(['delete', 'namespace', NAMESPACE, JOBS, '--ignore-not-found', '--wait=false']);
}, 120_000);

describe('the certificate of the webhook, failurePolicy Fail', () => {
  it(`is renewed under ${PER_SECOND} pod creates a second, none of which fails`, async () => {
    const [before, alive] = [await switches(), await lives()];
    const load = startLoad({ client, namespace: JOBS, perSecond: PER_SECOND, limit: LOAD_LIMIT });
    try {
      await untilSwitched(before, LEAF_SECONDS * 1000);
      // Connections of the old certificate and of the new one side by side.
      await setTimeout(10_000);
    } finally {
      const { created, failures, perSecond } = await load.stop();
      console.log(`${created} pods created, ${perSecond.toFixed(1)} a second; certificates served so far, by replica:`);
      console.log(JSON.stringify({ before, after: await switches() }));
      expect(failures).toEqual([]);
      expect(created).toBeGreaterThan(PER_SECOND * 5);
    }
    expect(await lives()).toEqual(alive);
  }, 400_000);

  it('that has expired at start is repaired by the webhook itself', async () => {
    await kubectl.text(['-n', NAMESPACE, 'scale', DEPLOYMENT, '--replicas=0']);
    await kubectl.text([
      '-n',
      NAMESPACE,
      'wait',
      '--for=delete',
      'pod',
      '-l',
      'app.kubernetes.io/component=webhook',
      '--timeout=60s',
    ]);
    expect(await createdWithPatch(client, JOBS)).toMatch(/failed calling webhook/);
    const expired = await ensureCertificates({
      store: secretStore({ client, secret: SECRET }),
      now: () => Date.now() - DAY_MS,
      dnsNames: serviceDnsNames(SERVICE.name, NAMESPACE),
      lives: { leafMs: HOUR_MS, authorityMs: HOUR_MS },
      force: true,
    });
    await trust(expired.material.authoritiesPem);
    await rollout('scale', DEPLOYMENT, '--replicas=2');
    expect(await eventually(patched, { timeoutMs: 30_000, everyMs: 200 })).toBe(true);
  }, 400_000);

  it('that is replaced from outside, as cert-manager does it, is taken up without a restart', async () => {
    const issuer = [
      { op: 'add', path: '/spec/template/spec/containers/0/args/-', value: '--certificate-issuer=cert-manager' },
    ];
    await rollout('patch', DEPLOYMENT, '--type=json', '-p', JSON.stringify(issuer));
    const [before, alive] = [await switches(), await lives()];

    // A new authority: first the Secret, then the caBundle, as the ca-injector follows the Secret.
    const authority = await anAuthority();
    await issueBy(authority);
    await trust(authority.certificatePem);
    await untilSwitched(before, 30_000);
    expect(await eventually(patched, { timeoutMs: 10_000, everyMs: 100 })).toBe(true);

    // A renewal under the same authority, which is daily life: nothing may fail.
    const again = await switches();
    const load = startLoad({ client, namespace: JOBS, perSecond: 20, limit: 1000 });
    try {
      await issueBy(authority);
      await untilSwitched(again, 30_000);
    } finally {
      const { created, failures } = await load.stop();
      expect(failures).toEqual([]);
      expect(created).toBeGreaterThan(10);
    }
    expect(await lives()).toEqual(alive);
  }, 400_000);
});

/** Every entry of the release trusts this. */
async function trust(bundle: string): Promise<void> {
  const caBundle = (): Promise<string> => Promise.resolve(bundle);
  await setCaBundles({ client, configurationName: CONFIGURATION, service: SERVICE, caBundle });
}

const anAuthority = async (): Promise<CertificateAuthority> =>
  createCertificateAuthority({
    name: 'site',
    keys: await rsaKeyPair(2048),
    random: randomBytes(SERIAL_BYTES),
    nowMs: Date.now(),
    lifeMs: DAY_MS,
  });

/** Puts a new certificate of this authority into the Secret, with the three keys that cert-manager writes. */
async function issueBy(authority: CertificateAuthority): Promise<void> {
  const keys = await rsaKeyPair(2048);
  const dnsNames = serviceDnsNames(SERVICE.name, NAMESPACE);
  const random = randomBytes(SERIAL_BYTES);
  const certificate = issueServerCertificate({ authority, dnsNames, keys, random, nowMs: Date.now(), lifeMs: HOUR_MS });
  const texts = { 'tls.crt': certificate, 'tls.key': keys.privatePem, 'ca.crt': authority.certificatePem };
  const data = Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  );
  await client.patch(resources.secrets, SECRET, { data: { ...data, 'ca.key': null } });
}
