import { Agent, get } from 'node:https';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { apiServerDnsName, serviceDnsNames } from '../../certificates/dns-names.ts';
import { ensureCertificates } from '../../certificates/ensure.ts';
import { certificatesOf } from '../../certificates/pem.ts';
import { installCertificates } from '../../hack/gencerts/gencerts.ts';
import { parseOptions } from '../../hack/gencerts/options.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { setCaBundles } from '../../kube/ca-bundle.ts';
import { kubeClient, type KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import { loadKubeconfig } from '../../kube/kubeconfig.ts';
import { createLogger, type Logger, silentLogger } from '../../kube/log.ts';
import { resources } from '../../kube/resources.ts';
import { secretStore } from '../../kube/secret-store.ts';
import { createTransport, type Transport } from '../../kube/transport.ts';
import { type TappedWrite, tappedClient } from '../tapped-client.ts';
import {
  createConfigurations,
  handshake,
  type Place,
  placeOf,
  type Replica,
  type ReplicaOptions,
  secretOf,
  startReplica,
  trusted,
} from './certificates-harness.ts';
import { until } from './controller-harness.ts';

const NAMESPACE = 'certificates';
const HOUR_MS = 3_600_000;

let plane: ControlPlane;
let transport: Transport;
let client: KubeClient;
const replicas: Replica[] = [];
const clients: Hands[] = [];
const log: Logger = process.env['DEBUG'] === undefined ? silentLogger() : createLogger({ encoder: 'console' });

beforeAll(async () => {
  plane = await startControlPlane({ name: 'certificates' });
  transport = createTransport(await loadKubeconfig({ path: plane.kubeconfig }));
  client = kubeClient(transport);
  await client.create(resources.namespaces, { metadata: { name: NAMESPACE } });
}, 120_000);

afterEach(async () => {
  await Promise.all(clients.splice(0).map((hands) => hands.end()));
  await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
});

afterAll(async () => {
  await transport.close();
  await plane.stop();
}, 60_000);

const start = async (place: Place, options: Partial<ReplicaOptions> = {}): Promise<Replica> => {
  const replica = await startReplica({ client, place, log, ...options });
  replicas.push(replica);
  return replica;
};

/** Resolves when the replica says that the API server can trust it. */
const ready = (replica: Replica): Promise<true> =>
  until(
    `readiness, not "${replica.keeper.problem() ?? ''}"`,
    async () => replica.keeper.problem() === undefined || undefined,
  );

/** Writes material of these lives into the Secret, as another program would. */
const makeSecret = async (
  place: Place,
  lives: { leafMs: number; authorityMs: number },
  now = Date.now,
): Promise<void> => {
  const store = secretStore({ client, secret: place.secret });
  const dnsNames = serviceDnsNames(place.serviceName, place.namespace);
  await ensureCertificates({ store, now, dnsNames, lives, force: true, authorityName: 'another' });
};

const DAY = { leafMs: 24 * HOUR_MS, authorityMs: 240 * HOUR_MS };

describe('the keeper of the certificate, issuer self', () => {
  it('two at once end with one authority, both trusted, and write no more', async () => {
    const place = placeOf(NAMESPACE, 'two');
    await createConfigurations(client, place);
    const writes: TappedWrite[] = [];
    const tapped = tappedClient(client, { after: async (write) => void writes.push(write) });
    const both = await Promise.all(['a', 'b'].map((identity) => start(place, { identity, client: tapped })));
    await Promise.all(both.map(ready));
    const { data } = await secretOf(client, place);
    expect(certificatesOf(data['ca.crt'] ?? '')).toHaveLength(1);
    const entries = await trusted(client, place);
    expect(entries.map(({ caBundle }) => caBundle)).toEqual(Array.from({ length: 4 }, () => data['ca.crt']));
    const serials = await Promise.all(both.map(({ port }) => handshake(port, place, data['ca.crt'] ?? '')));
    expect(new Set(serials).size).toBe(1);

    const before = writes.length;
    await setTimeout(1500);
    expect(writes.slice(before)).toEqual([]);
    expect(writes.filter(({ resource }) => resource === 'secrets')).toHaveLength(1);
  }, 60_000);

  it('makes a deleted Secret anew, and no handshake fails meanwhile', async () => {
    const place = placeOf(NAMESPACE, 'deleted');
    await createConfigurations(client, place);
    const replica = await start(place, { leafLifeMs: 20_000 });
    await ready(replica);
    const before = await secretOf(client, place);
    const hands = shakeHands(place, [replica]);
    await client.delete(resources.secrets, place.secret);
    const after = await until('the Secret', () => secretOf(client, place).catch(absent));
    await until('the new certificate to be served', async () => replica.switches() === 2 || undefined);
    await ready(replica);
    expect(after.data['tls.crt']).not.toBe(before.data['tls.crt']);
    // The authority of the certificate that was still served stays trusted beside the new one.
    expect(certificatesOf(after.data['ca.crt'] ?? '')).toHaveLength(2);
    expect((await trusted(client, place)).map(({ caBundle }) => caBundle)).toEqual(
      Array.from({ length: 4 }, () => after.data['ca.crt']),
    );
    expect(await hands.end()).toEqual([]);
  }, 60_000);

  const broken: Record<string, (place: Place) => Promise<void>> = {
    'an expired certificate': (place) => makeSecret(place, { ...DAY, leafMs: 1000 }, () => Date.now() - HOUR_MS),
    'an expired authority': (place) =>
      makeSecret(place, { leafMs: 1000, authorityMs: 1000 }, () => Date.now() - HOUR_MS),
    'a certificate for another Service': (place) => makeSecret({ ...place, serviceName: 'another' }, DAY),
    'a key of another certificate': async (place) => {
      await makeSecret(place, DAY);
      const { data } = await secretOf(client, place);
      await client.patch(resources.secrets, place.secret, { stringData: { 'tls.key': data['ca.key'] } });
    },
    rubbish: async (place) => {
      const data = Object.fromEntries(['tls.crt', 'tls.key', 'ca.crt', 'ca.key'].map((key) => [key, 'cnViYmlzaA==']));
      await client.create(resources.secrets, { metadata: { ...place.secret }, data });
    },
  };
  it.each(Object.entries(broken))(
    'repairs by itself at start: %s',
    async (name, breakIt) => {
      const place = placeOf(NAMESPACE, name.replaceAll(' ', '-').toLowerCase());
      await breakIt(place);
      await createConfigurations(client, place, await authorityOf(place));
      const replica = await start(place);
      await ready(replica);
      const [first] = await trusted(client, place);
      await expect(handshake(replica.port, place, first?.caBundle ?? '')).resolves.toMatch(/^[0-9A-F]+$/);
    },
    60_000,
  );

  it('renews a short-lived certificate under a client that keeps its connection', async () => {
    const place = placeOf(NAMESPACE, 'keep-alive');
    await createConfigurations(client, place);
    const replica = await start(place, { leafLifeMs: 5_000 });
    await ready(replica);
    const { data } = await secretOf(client, place);
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: data['ca.crt'], servername: hostOf(place) });
    const reused: boolean[] = [];
    const hands = shakeHands(place, [replica]);
    try {
      while (hands.serials.size < 4) reused.push(await request(replica.port, agent));
    } finally {
      agent.destroy();
    }
    expect(reused.length).toBeGreaterThan(100);
    expect(reused.slice(1).every(Boolean)).toBe(true);
    expect(await hands.end()).toEqual([]);
    expect((await secretOf(client, place)).data['ca.crt']).toBe(data['ca.crt']);
    expect(await replica.metrics.text()).toMatch(/spark_webhook_certificate_renewals_total\{action="RenewLeaf"\} 3/);
  }, 60_000);

  it('replaces a short-lived authority without a failed handshake', async () => {
    const place = placeOf(NAMESPACE, 'rotation');
    await createConfigurations(client, place);
    const lives = { leafLifeMs: 12_000, caLifeMs: 36_000 };
    const both = await Promise.all(['a', 'b'].map((identity) => start(place, { ...lives, identity })));
    await Promise.all(both.map(ready));
    const first = (await secretOf(client, place)).data['ca.crt'];
    const hands = shakeHands(place, both);
    const sizes = new Set<number>();
    await until(
      'the first authority to be gone',
      async () => {
        const bundle = (await secretOf(client, place)).data['ca.crt'] ?? '';
        sizes.add(certificatesOf(bundle).length);
        return !bundle.includes(first ?? '') || undefined;
      },
      70_000,
    );
    await setTimeout(1000);
    expect(await hands.end()).toEqual([]);
    expect(hands.count()).toBeGreaterThan(200);
    expect([...sizes].sort()).toEqual([1, 2]);
    expect(hands.serials.size).toBeGreaterThanOrEqual(4);
  }, 90_000);

  it('sets a caBundle that somebody has changed, and says so in readiness meanwhile', async () => {
    const place = placeOf(NAMESPACE, 'changed');
    await createConfigurations(client, place);
    const replica = await start(place);
    await ready(replica);
    const { data } = await secretOf(client, place);
    const wrong = Buffer.from((await strangersAuthority()) ?? '').toString('base64');
    const patch = [{ op: 'replace', path: '/webhooks/1/clientConfig/caBundle', value: wrong }];
    await client.patch(resources.validatingWebhookConfigurations, { name: place.name }, patch, { type: 'json' });
    await until('the right caBundle', async () => {
      const bundles = (await trusted(client, place)).map(({ caBundle }) => caBundle);
      return bundles.every((bundle) => bundle === data['ca.crt']) || undefined;
    });
    const { webhooks } = await client.get(resources.mutatingWebhookConfigurations, { name: place.name });
    expect(webhooks?.[2]?.clientConfig.caBundle).toBeUndefined();
  }, 60_000);

  it('serves without webhook configurations, and does not bring a Secret back after an uninstall', async () => {
    const place = placeOf(NAMESPACE, 'uninstalled');
    const replica = await start(place);
    await ready(replica);
    await createConfigurations(client, place);
    await until(
      'the caBundle',
      async () => (await trusted(client, place)).every((t) => t.caBundle !== '') || undefined,
    );
    await ready(replica);
    await client.delete(resources.mutatingWebhookConfigurations, { name: place.name });
    await client.delete(resources.validatingWebhookConfigurations, { name: place.name });
    await client.delete(resources.secrets, place.secret);
    await setTimeout(1500);
    expect(await secretOf(client, place).catch(absent)).toBeUndefined();
    expect(replica.keeper.problem()).toBeUndefined();
  }, 60_000);
});

describe('the keeper of the certificate, issuer cert-manager', () => {
  it('waits for the Secret, takes up a replaced one without a restart, never writes, and tells the truth', async () => {
    const place = placeOf(NAMESPACE, 'cert-manager');
    const writes: TappedWrite[] = [];
    const tapped = tappedClient(client, { before: async (write) => void writes.push(write) });
    const starting = start(place, { issuer: 'cert-manager', client: tapped, leafLifeMs: 10_000 });
    await setTimeout(500);
    await makeSecret(place, DAY);
    await createConfigurations(client, place, await authorityOf(place));
    const replica = await starting;
    await ready(replica);
    const hands = shakeHands(place, [replica]);

    // Another authority altogether: the old certificate is served until the caBundle is that of the new one.
    await makeSecret(place, DAY);
    await client.patch(resources.secrets, place.secret, { data: { 'ca.key': null } });
    await setTimeout(500);
    expect(replica.switches()).toBe(1);
    await setBundles(place, (await authorityOf(place)) ?? '');
    await until('the new certificate', async () => replica.switches() === 2 || undefined);
    await ready(replica);
    expect(await hands.end()).toEqual([]);

    await setBundles(place, (await strangersAuthority()) ?? '');
    const all = ['Mutating', 'Validating'].flatMap((kind) =>
      ['one', 'two'].map((entry) => `${entry}.example.com (${kind}WebhookConfiguration)`),
    );
    const problem = `the caBundle of ${all.join(', ')} in cert-manager does not verify the certificate of this server for ${hostOf(place)}`;
    await until('readiness to fail', async () => replica.keeper.problem() === problem || undefined);
    await setTimeout(500);
    expect(replica.keeper.problem()).toBe(problem);
    expect(writes).toEqual([]);
  }, 60_000);
});

describe('setCaBundles', () => {
  it('gives way to another writer, and changes nothing of his', async () => {
    const place = placeOf(NAMESPACE, 'race');
    await createConfigurations(client, place);
    const [label, bundle] = [{ metadata: { labels: { written: 'meanwhile' } } }, await strangersAuthority()];
    let asked = 0;
    const outcomes = await setCaBundles({
      client,
      configurationName: place.name,
      service: { namespace: NAMESPACE, name: place.serviceName },
      caBundle: async () => {
        asked += 1;
        if (asked === 1) await client.patch(resources.mutatingWebhookConfigurations, { name: place.name }, label);
        return bundle ?? '';
      },
    });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['patched', 'patched']);
    expect(asked).toBe(3);
    const { metadata } = await client.get(resources.mutatingWebhookConfigurations, { name: place.name });
    expect(metadata?.labels).toEqual({ written: 'meanwhile' });
    expect((await trusted(client, place)).every(({ caBundle }) => caBundle === bundle)).toBe(true);
  });
});

describe('gencerts', () => {
  it('makes Secret and caBundles, keeps them, makes them anew when forced, and a keeper takes them as they are', async () => {
    const place = placeOf(NAMESPACE, 'by-hand');
    const names = [
      '-n',
      NAMESPACE,
      '-s',
      place.serviceName,
      '-r',
      place.secret.name,
      '--configuration-name',
      place.name,
    ];
    const generate = async (...more: readonly string[]): Promise<readonly string[]> => {
      const options = parseOptions([...names, ...more]);
      if (options === undefined) throw new Error('These are no help');
      return installCertificates(options, client, Date.now());
    };
    const first = await generate();
    expect(first[0]).toMatch(/written \(RenewAll: there is no certificate yet\); valid until/);
    expect(first.slice(1)).toEqual([expect.stringMatching(/does not exist/), expect.stringMatching(/does not exist/)]);
    await createConfigurations(client, place);
    const second = await generate();
    expect(second[0]).toMatch(/: kept; valid until/);
    expect(second.slice(1)).toEqual([expect.stringMatching(/caBundle set$/), expect.stringMatching(/caBundle set$/)]);

    const replica = await start(place, { leafLifeMs: 90 * 24 * HOUR_MS });
    await ready(replica);
    const before = (await secretOf(client, place)).data;
    expect(replica.keeper.current()?.certificatePem).toBe(before['tls.crt']);
    const third = await generate('--force');
    expect(third[0]).toMatch(/written \(RenewAll: as asked for\)/);
    const after = (await secretOf(client, place)).data;
    expect(after['tls.crt']).not.toBe(before['tls.crt']);
    expect((await trusted(client, place)).every(({ caBundle }) => caBundle === after['ca.crt'])).toBe(true);
    expect(replica.keeper.problem()).toBeUndefined();
  }, 60_000);
});

const hostOf = ({ serviceName, namespace }: Place): string => apiServerDnsName(serviceName, namespace);

/** The `ca.crt` of the Secret. */
const authorityOf = async (place: Place): Promise<string | undefined> => (await secretOf(client, place)).data['ca.crt'];

/** An authority that has signed nothing of ours. */
async function strangersAuthority(): Promise<string | undefined> {
  const stranger = placeOf(NAMESPACE, 'stranger');
  await makeSecret(stranger, DAY);
  return authorityOf(stranger);
}

function absent(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
}

/** As cert-manager's ca-injector: every entry of ours trusts this. */
async function setBundles(place: Place, bundle: string): Promise<void> {
  const service = { namespace: NAMESPACE, name: place.serviceName };
  await setCaBundles({ client, configurationName: place.name, service, caBundle: async () => bundle });
}

/** One request; tells whether its connection had served one before. */
const request = (port: number, agent: Agent): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const sent = get({ host: '127.0.0.1', port, agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(sent.reusedSocket));
    });
    sent.once('error', reject);
  });

interface Hands {
  /** Serial numbers of the certificates that were met. */
  readonly serials: ReadonlySet<string>;
  count(): number;
  /** Stops; resolves with what went wrong. */
  end(): Promise<readonly string[]>;
}

/** New connections all the time, each trusting what the API server's configuration trusts at that moment. */
function shakeHands(place: Place, met: readonly Replica[]): Hands {
  const serials = new Set<string>();
  const failures: string[] = [];
  let count = 0;
  const stop = new AbortController();
  const once = async ({ port, keeper }: Replica): Promise<void> => {
    for (const { caBundle } of (await trusted(client, place)).slice(0, 1)) {
      count += 1;
      serials.add(await handshake(port, place, caBundle));
    }
    const problem = keeper.problem();
    if (problem !== undefined) failures.push(problem);
  };
  const running = (async () => {
    while (!stop.signal.aborted) {
      for (const replica of met)
        await once(replica).catch(
          (error: unknown) => void failures.push(`${new Date().toISOString()} ${String(error)}`),
        );
      await setTimeout(10);
    }
  })();
  const hands: Hands = {
    serials,
    count: () => count,
    end: async () => {
      stop.abort();
      await running;
      return failures;
    },
  };
  clients.push(hands);
  return hands;
}
