import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { kubeClient, type KubeClient } from '../../kube/client.ts';
import { ApiError, isAlreadyExists, isConflict, isNotFound } from '../../kube/errors.ts';
import { informer } from '../../kube/informer.ts';
import { loadKubeconfig } from '../../kube/kubeconfig.ts';
import { leaderElection } from '../../kube/lease.ts';
import { silentLogger } from '../../kube/log.ts';
import { resources } from '../../kube/resources.ts';
import { createTransport, type TransportOptions } from '../../kube/transport.ts';
import { faultProxy, type FaultProxy, type FaultRule } from '../fault-proxy.ts';

const NAMESPACE = 'default';

let controlPlane: ControlPlane;
let target: Pick<TransportOptions, 'server' | 'credentials'>;
let direct: KubeClient;
let proxy: FaultProxy;
let proxied: KubeClient;

beforeAll(async () => {
  controlPlane = await startControlPlane({ name: 'kube' });
  const { server, credentials } = await loadKubeconfig({ path: controlPlane.kubeconfig });
  target = { server, credentials };
  direct = kubeClient(createTransport(target));
  proxy = await faultProxy({ target });
  proxied = kubeClient(createTransport({ server: proxy.server, credentials: {} }));
}, 120_000);

afterAll(async () => {
  await proxied.transport.close();
  await proxy.close();
  await direct.transport.close();
  await controlPlane.stop();
}, 60_000);

const configMap = (name: string, data: Record<string, string> = {}, labels: Record<string, string> = {}) => ({
  metadata: { namespace: NAMESPACE, name, labels },
  data,
});

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

async function until(what: string, condition: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  for (const startedAt = Date.now(); !(await condition()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() - startedAt > withinMs) throw new Error(`Waited in vain for: ${what}`);
  }
}

/** Runs with these faults, and takes them away at the end. */
async function withFaults<R>(rules: readonly FaultRule[], use: () => Promise<R>): Promise<R> {
  proxy.forget();
  proxy.setRules(rules);
  try {
    return await use();
  } finally {
    proxy.setRules([]);
  }
}

describe('the client against a real API server', () => {
  it('creates, reads, patches in three ways, replaces and deletes', async () => {
    const ref = { namespace: NAMESPACE, name: 'verbs' };
    const created = await direct.create(resources.configmaps, configMap('verbs', { a: '1' }));
    expect(created.metadata?.uid).toBeDefined();
    expect(isAlreadyExists(await failureOf(direct.create(resources.configmaps, configMap('verbs'))))).toBe(true);

    await direct.patch(resources.configmaps, ref, { data: { b: '2' } });
    await direct.patch(resources.configmaps, ref, [{ op: 'remove', path: '/data/a' }], { type: 'json' });
    const applied = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'verbs' }, data: { c: '3' } };
    await direct.patch(resources.configmaps, ref, applied, { type: 'apply', fieldManager: 'test' });
    const read = await direct.get(resources.configmaps, ref);
    expect(read.data).toEqual({ b: '2', c: '3' });

    const stale = { metadata: { resourceVersion: created.metadata?.resourceVersion }, data: { d: '4' } };
    expect(isConflict(await failureOf(direct.patch(resources.configmaps, ref, stale)))).toBe(true);
    await direct.update(resources.configmaps, { ...read, data: { only: 'this' } });
    expect((await direct.get(resources.configmaps, ref)).data).toEqual({ only: 'this' });

    const wrongUid = await failureOf(direct.delete(resources.configmaps, ref, { uid: 'another' }));
    expect(isConflict(wrongUid)).toBe(true);
    await direct.delete(resources.configmaps, ref, { uid: created.metadata?.uid });
    expect(isNotFound(await failureOf(direct.get(resources.configmaps, ref)))).toBe(true);
  });

  it('writes the status only, when told so', async () => {
    const template = { containers: [{ name: 'c', image: 'i' }] };
    const pod = { metadata: { namespace: NAMESPACE, name: 'status' }, spec: template };
    await direct.create(resources.pods, pod);
    const ref = { namespace: NAMESPACE, name: 'status' };
    await direct.patch(resources.pods, ref, { status: { phase: 'Running' } }, { subresource: 'status' });
    expect((await direct.get(resources.pods, ref)).status?.phase).toBe('Running');
    await direct.delete(resources.pods, ref, { gracePeriodSeconds: 0 });
  });

  it('says which field was wrong', async () => {
    const failure = await failureOf(direct.create(resources.configmaps, configMap('Not_A_Name')));
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 422, reason: 'Invalid', causes: [{ field: 'metadata.name' }] });
    const unknown = { ...configMap('strict'), surprise: true };
    const strict = await failureOf(direct.create(resources.configmaps, unknown, { fieldValidation: 'Strict' }));
    expect(strict).toMatchObject({ status: 400 });
    expect(String(strict)).toContain('unknown field "surprise"');
  });

  it('lists in pages, all of one state', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page-${index}`);
    await Promise.all(names.map((name) => direct.create(resources.configmaps, configMap(name, {}, { page: 'yes' }))));
    const sizes: number[] = [];
    const versions = new Set<string>();
    const options = { namespace: NAMESPACE, labelSelector: 'page=yes', limit: 3 };
    for await (const page of direct.pages(resources.configmaps, options)) {
      sizes.push(page.items.length);
      versions.add(page.resourceVersion);
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(versions.size).toBe(1);
  });

  it('may cut the wait for a slow server short', async () => {
    const stop = new AbortController();
    await withFaults([{ resource: 'configmaps', fault: { kind: 'hang' } }], async () => {
      const failing = failureOf(proxied.list(resources.configmaps, { signal: stop.signal }));
      setTimeout(() => stop.abort(new Error('enough')), 50);
      expect(await failing).toMatchObject({ message: 'enough' });
    });
  });
});

describe('the client when things go wrong', () => {
  const survived: Record<string, readonly FaultRule[]> = {
    '429 with Retry-After': [
      { verb: 'create', times: 1, fault: { kind: 'answer', status: 429, retryAfterSeconds: 1 } },
    ],
    'three times 429': [{ verb: 'create', times: 3, fault: { kind: 'answer', status: 429 } }],
    'a slow answer': [{ verb: 'create', fault: { kind: 'delay', ms: 300 } }],
  };
  it.each(Object.entries(survived))('a create survives %s and happens once', async (_name, rules) => {
    await withFaults(rules, async () => {
      await proxied.create(resources.configmaps, configMap('survivor'));
      expect(proxy.requests.filter(({ forwarded }) => forwarded)).toHaveLength(1);
    });
    await direct.delete(resources.configmaps, { namespace: NAMESPACE, name: 'survivor' });
  });

  it('a create whose answer is lost is reported as unknown, sent once, and has happened', async () => {
    await withFaults([{ verb: 'create', fault: { kind: 'cut', when: 'after' } }], async () => {
      const failure = await failureOf(proxied.create(resources.configmaps, configMap('lost-answer')));
      expect(failure).toMatchObject({ status: 0, reason: 'ConnectionLost', outcomeUnknown: true });
      expect(proxy.count({ verb: 'create' })).toBe(1);
    });
    const ref = { namespace: NAMESPACE, name: 'lost-answer' };
    expect((await direct.get(resources.configmaps, ref)).metadata?.name).toBe('lost-answer');
    await direct.delete(resources.configmaps, ref);
  });

  it('a create that met 500 is not repeated', async () => {
    await withFaults([{ verb: 'create', fault: { kind: 'answer', status: 500 } }], async () => {
      const failure = await failureOf(proxied.create(resources.configmaps, configMap('failed')));
      expect(failure).toMatchObject({ status: 500, outcomeUnknown: true });
      expect(proxy.count({ verb: 'create' })).toBe(1);
    });
  });

  it('a read survives 500, 503 and a broken connection', async () => {
    const rules: FaultRule[] = [
      { verb: 'list', times: 1, fault: { kind: 'answer', status: 500 } },
      { verb: 'list', times: 1, fault: { kind: 'answer', status: 503 } },
      { verb: 'list', times: 1, fault: { kind: 'cut', when: 'before' } },
    ];
    await withFaults(rules, async () => {
      await proxied.list(resources.namespaces);
      expect(proxy.requests.map(({ status }) => status)).toEqual([500, 503, 0, 200]);
    });
  });

  it('a write waits out a server that refuses connections for a moment', async () => {
    proxy.forget();
    await proxy.down();
    // The client must hear that its idle connections have ended: a write that meets one is not repeated.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const creating = proxied.create(resources.configmaps, configMap('patient'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    await proxy.up();
    await creating;
    expect(proxy.count({ verb: 'create' })).toBe(1);
    await direct.delete(resources.configmaps, { namespace: NAMESPACE, name: 'patient' });
  });
});

describe('an informer when things go wrong', () => {
  const LABEL = { watched: 'yes' };

  /** An informer behind the proxy must come to know what happens during and after the faults. */
  async function follows(
    name: string,
    hurt: () => Promise<void> | void,
    rules: readonly FaultRule[] = [],
  ): Promise<void> {
    const stop = new AbortController();
    const maps = informer({
      client: proxied,
      resource: resources.configmaps,
      selection: { namespace: NAMESPACE, labelSelector: 'watched=yes' },
      project: (object) => object.data?.['value'],
      log: silentLogger(),
      idleTimeoutMs: 1500,
    });
    const running = maps.run(stop.signal);
    await maps.whenSynced();
    const before = { namespace: NAMESPACE, name: `${name}-before` };
    const during = { namespace: NAMESPACE, name: `${name}-during` };
    const after = { namespace: NAMESPACE, name: `${name}-after` };
    try {
      await direct.create(resources.configmaps, configMap(before.name, { value: '1' }, LABEL));
      await until('the first object', () => maps.store.get(`${NAMESPACE}/${before.name}`) === '1');
      await withFaults(rules, async () => {
        await hurt();
        await direct.create(resources.configmaps, configMap(during.name, { value: '1' }, LABEL));
        await direct.patch(resources.configmaps, during, { data: { value: '2' } });
        await direct.delete(resources.configmaps, before);
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      await direct.create(resources.configmaps, configMap(after.name, { value: '3' }, LABEL));
      const want = [`${NAMESPACE}/${after.name} 3`, `${NAMESPACE}/${during.name} 2`];
      const know = (): string[] => [...maps.store.keys()].map((key) => `${key} ${String(maps.store.get(key))}`).sort();
      await until(`${want.join()} instead of ${know().join()}`, () => know().join() === want.join());
    } finally {
      stop.abort();
      await running;
      await Promise.all([during, after].map((ref) => failureOf(direct.delete(resources.configmaps, ref))));
    }
  }

  it('follows through cut streams', async () => {
    await follows('cut', () => proxy.cutStreams());
  }, 60_000);

  it('follows through streams that break in the middle of a line', async () => {
    const rule: FaultRule = { verb: 'watch', fault: { kind: 'cutStream', afterBytes: 700 } };
    await follows('midline', () => proxy.cutStreams(), [rule]);
  }, 60_000);

  it('follows through a server that is away', async () => {
    await follows('away', async () => {
      await proxy.down();
      setTimeout(() => void proxy.up(), 700);
    });
  }, 60_000);

  it('follows through streams that stay open and bring nothing', async () => {
    await follows('mute', () => proxy.cutStreams(), [{ verb: 'watch', fault: { kind: 'mute' } }]);
  }, 60_000);

  it('follows through 410 in the stream: lists again', async () => {
    const rule: FaultRule = { verb: 'watch', times: 1, fault: { kind: 'watchError', status: 410, reason: 'Expired' } };
    await follows('gone', () => proxy.cutStreams(), [rule]);
    expect(proxy.count({ verb: 'list', resource: 'configmaps' })).toBe(1);
  }, 60_000);

  it('follows through 429, 500 and 410 as answers', async () => {
    const rules = [429, 500, 410].map((status): FaultRule => ({
      verb: 'watch',
      times: 1,
      fault: { kind: 'answer', status },
    }));
    await follows('answers', () => proxy.cutStreams(), rules);
  }, 60_000);

  it('follows through a restart of the API server', async () => {
    await follows('restart', () => controlPlane.restartApiServer());
  }, 120_000);
});

describe('leader election', () => {
  const terms = { leaseDurationMs: 3000, renewDeadlineMs: 2000, retryPeriodMs: 200 };
  const candidate = (client: KubeClient, name: string, identity: string) =>
    leaderElection({ client, namespace: NAMESPACE, name, identity, log: silentLogger(), ...terms });

  /** Leads until its signal aborts, and writes down when. */
  const leader =
    (story: string[], identity: string) =>
    async (held: AbortSignal): Promise<void> => {
      story.push(`${identity} leads`);
      await new Promise<void>((resolve) => {
        if (held.aborted) resolve();
        else held.addEventListener('abort', () => resolve(), { once: true });
      });
      story.push(`${identity} ends`);
    };

  it('lets one lead, and the next one quickly after a release', async () => {
    const story: string[] = [];
    const [stopFirst, stopSecond] = [new AbortController(), new AbortController()];
    const first = candidate(direct, 'handover', 'first').run(leader(story, 'first'), stopFirst.signal);
    await until('the first to lead', () => story.length === 1);
    const second = candidate(direct, 'handover', 'second').run(leader(story, 'second'), stopSecond.signal);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(story).toEqual(['first leads']);
    const releasedAt = Date.now();
    stopFirst.abort();
    expect(await first).toBe('stopped');
    await until('the second to lead', () => story.length === 3);
    expect(Date.now() - releasedAt).toBeLessThan(2000);
    stopSecond.abort();
    expect(await second).toBe('stopped');
    expect(story).toEqual(['first leads', 'first ends', 'second leads', 'second ends']);
  }, 30_000);

  it('stops work when the lease cannot be renewed, before another may take it', async () => {
    const story: string[] = [];
    const stop = new AbortController();
    const cutOff = candidate(proxied, 'lost', 'cut-off').run(leader(story, 'cut-off'), stop.signal);
    await until('the first to lead', () => story.length === 1);
    const other = candidate(direct, 'lost', 'other').run(leader(story, 'other'), stop.signal);
    const lost = await withFaults([{ resource: 'leases', fault: { kind: 'hang' } }], () => cutOff);
    expect(lost).toBe('lost');
    await until('the other to lead', () => story.length === 3);
    expect(story).toEqual(['cut-off leads', 'cut-off ends', 'other leads']);
    stop.abort();
    await other;
  }, 30_000);

  it('stops at once when somebody else holds the lease', async () => {
    const story: string[] = [];
    const robbed = candidate(direct, 'robbed', 'robbed').run(leader(story, 'robbed'), new AbortController().signal);
    await until('it to lead', () => story.length === 1);
    const ref = { namespace: NAMESPACE, name: 'robbed' };
    await direct.patch(resources.leases, ref, { spec: { holderIdentity: 'thief' } });
    expect(await robbed).toBe('lost');
    expect((await direct.get(resources.leases, ref)).spec?.holderIdentity).toBe('thief');
  }, 30_000);

  it('lets a restarted holder of the same name go on at once', async () => {
    const story: string[] = [];
    const stop = new AbortController();
    const lease = {
      metadata: { namespace: NAMESPACE, name: 'reborn' },
      spec: { holderIdentity: 'pod-1', leaseDurationSeconds: 15 },
    };
    await direct.create(resources.leases, lease);
    const running = candidate(direct, 'reborn', 'pod-1').run(leader(story, 'pod-1'), stop.signal);
    await until('it to lead', () => story.length === 1, 2000);
    stop.abort();
    expect(await running).toBe('stopped');
  }, 30_000);
});
