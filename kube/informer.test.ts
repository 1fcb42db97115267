import { describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { answerJson, withServer } from '../test/scripted-server.ts';
import type { Pod } from '../api/kubernetes.ts';
import type { KubeClient } from './client.ts';
import { informer, type Informer } from './informer.ts';
import { silentLogger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { reflectorMeters } from './reflector-meter.ts';
import { resources } from './resources.ts';

interface Seen {
  readonly phase: string;
  readonly version: string;
}

const pod = (name: string, version: number, phase = 'Running'): Pod => ({
  metadata: { name, namespace: 'a', resourceVersion: String(version) },
  status: { phase },
});

const list = (version: number, pods: readonly Pod[], token = ''): object => ({
  metadata: { resourceVersion: String(version), continue: token },
  items: pods,
});

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
const event = (type: EventType, object: unknown): string => `${JSON.stringify({ type, object })}\n`;
const gone = event('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });

type Step = (response: ServerResponse) => void;
const says =
  (...events: readonly string[]): Step =>
  (response) => {
    response.writeHead(200);
    response.flushHeaders();
    for (const line of events) response.write(line);
  };
const saysAndEnds =
  (...events: readonly string[]): Step =>
  (response) => {
    response.writeHead(200);
    response.end(events.join(''));
  };
const lists =
  (version: number, ...pods: readonly Pod[]): Step =>
  (response) =>
    answerJson(response, 200, list(version, pods));
const fails =
  (status: number): Step =>
  (response) =>
    answerJson(response, status, { reason: 'Broken' });

interface Told {
  readonly informer: Informer<Pod, Seen>;
  /** `key before→after` of each change that was told. */
  readonly changes: readonly string[];
  readonly requests: readonly string[];
  /** Waits until the condition holds. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** Plays the steps, one for each request; the last one stays open or is repeated. */
async function play(
  steps: readonly Step[],
  look: (told: Told) => Promise<void>,
  idleTimeoutMs?: number,
): Promise<void> {
  await withServer(
    (_request, response, count) => steps[Math.min(count, steps.length) - 1]?.(response),
    async ({ client, seen }) => {
      const stop = new AbortController();
      const { running, ...told } = start(client, seen, stop.signal, idleTimeoutMs);
      try {
        await look(told);
      } finally {
        stop.abort();
        await running;
      }
    },
    { limits: { attempts: 1 } },
  );
}

function start(client: KubeClient, requests: readonly string[], stop: AbortSignal, idleTimeoutMs: number | undefined) {
  const changes: string[] = [];
  const pods = informer({
    client,
    resource: resources.pods,
    selection: { labelSelector: 'x=y' },
    project: (object): Seen => ({
      phase: object.status?.phase ?? '',
      version: object.metadata?.resourceVersion ?? '',
    }),
    same: (before, after) => before.phase === after.phase,
    log: silentLogger(),
    random: () => 0,
    idleTimeoutMs,
  });
  pods.onChange((key, before, after) => changes.push(`${key} ${before?.phase ?? '-'}→${after?.phase ?? '-'}`));
  const until = async (condition: () => boolean): Promise<void> => {
    for (const startedAt = Date.now(); !condition(); await new Promise((resolve) => setTimeout(resolve, 5))) {
      if (Date.now() - startedAt > 4000) throw new Error(`Waited in vain after ${changes.join(', ')}`);
    }
  };
  return { informer: pods, changes, requests, until, running: pods.run(stop) };
}

const versionsAsked = (requests: readonly string[]): (string | null)[] =>
  requests
    .filter((request) => request.includes('watch=true'))
    .map((request) => new URL(request.split(' ')[1] ?? '', 'http://x').searchParams.get('resourceVersion'));

describe('an informer', () => {
  it('tells the first list and is synced after it', async () => {
    await play([lists(10, pod('p', 1), pod('q', 2)), says()], async ({ informer: pods, changes }) => {
      expect(pods.synced()).toBe(false);
      await pods.whenSynced();
      expect(pods.synced()).toBe(true);
      expect(changes).toEqual(['a/p -→Running', 'a/q -→Running']);
      expect(pods.store.get('a/p')).toEqual({ phase: 'Running', version: '1' });
    });
  });

  it('follows the watch', async () => {
    const events = [
      event('ADDED', pod('q', 11, 'Pending')),
      event('MODIFIED', pod('q', 12, 'Running')),
      event('DELETED', pod('p', 13)),
    ];
    await play([lists(10, pod('p', 1)), says(...events)], async ({ informer: pods, changes, until }) => {
      await until(() => changes.length === 4);
      expect(changes).toEqual(['a/p -→Running', 'a/q -→Pending', 'a/q Pending→Running', 'a/p Running→-']);
      expect([...pods.store.keys()]).toEqual(['a/q']);
    });
  });

  it('does not tell changes that mean nothing, yet keeps them', async () => {
    const events = [event('MODIFIED', pod('p', 11)), event('MODIFIED', pod('p', 12, 'Failed'))];
    await play([lists(10, pod('p', 1)), says(...events)], async ({ informer: pods, changes, until }) => {
      await until(() => pods.store.get('a/p')?.version === '12');
      expect(changes).toEqual(['a/p -→Running', 'a/p Running→Failed']);
    });
  });

  it('asks for pages, and for the newest state', async () => {
    const firstPage: Step = (response) => answerJson(response, 200, list(10, [pod('p', 1)], 'more'));
    await play([firstPage, lists(10, pod('q', 2)), says()], async ({ informer: pods, requests }) => {
      await pods.whenSynced();
      expect(requests.slice(0, 2)).toEqual([
        'GET /api/v1/pods?labelSelector=x%3Dy&limit=500',
        'GET /api/v1/pods?labelSelector=x%3Dy&limit=500&continue=more',
      ]);
      expect(pods.store.size).toBe(2);
    });
  });

  it('continues from the last event or bookmark when a watch ends', async () => {
    const steps = [
      lists(10),
      saysAndEnds(event('ADDED', pod('p', 11))),
      saysAndEnds(event('BOOKMARK', { metadata: { resourceVersion: '40' } })),
      says(),
    ];
    await play(steps, async ({ requests, until }) => {
      await until(() => requests.length === 4);
      expect(versionsAsked(requests)).toEqual(['10', '11', '40']);
    });
  });

  it('continues when the connection breaks in the middle of a line', async () => {
    const breaks: Step = (response) => {
      response.writeHead(200);
      response.write(event('ADDED', pod('p', 11)));
      response.write('{"type":"ADDED","obj', () => response.destroy());
    };
    await play([lists(10), breaks, says(event('ADDED', pod('q', 12)))], async ({ changes, requests, until }) => {
      await until(() => changes.length === 2);
      expect(changes).toEqual(['a/p -→Running', 'a/q -→Running']);
      expect(versionsAsked(requests)).toEqual(['10', '11']);
    });
  });

  it('lists again after 410 and finds out what is gone and what has changed', async () => {
    const steps = [
      lists(10, pod('p', 1), pod('q', 2), pod('r', 3)),
      saysAndEnds(gone),
      lists(50, pod('q', 2), pod('r', 45, 'Failed'), pod('s', 46)),
      says(),
    ];
    await play(steps, async ({ informer: pods, changes, requests, until }) => {
      await until(() => requests.length === 4);
      expect(changes.slice(3)).toEqual(['a/r Running→Failed', 'a/s -→Running', 'a/p Running→-']);
      expect([...pods.store.keys()].sort()).toEqual(['a/q', 'a/r', 'a/s']);
      expect(versionsAsked(requests)).toEqual(['10', '50']);
    });
  });

  it('lists again when the watch itself is refused with 410', async () => {
    await play([lists(10), fails(410), lists(20, pod('p', 15)), says()], async ({ changes, until }) => {
      await until(() => changes.length === 1);
      expect(changes).toEqual(['a/p -→Running']);
    });
  });

  it('begins the list anew when a page has expired', async () => {
    const firstPage: Step = (response) => answerJson(response, 200, list(10, [pod('p', 1)], 'more'));
    await play([firstPage, fails(410), lists(20, pod('q', 15)), says()], async ({ informer: pods }) => {
      await pods.whenSynced();
      expect([...pods.store.keys()]).toEqual(['a/q']);
    });
  });

  it('never gives up: refusals, errors and outages before the first list', async () => {
    const drops: Step = (response) => response.destroy();
    await play([fails(403), fails(500), drops, lists(10, pod('p', 1)), says()], async ({ informer: pods }) => {
      await pods.whenSynced();
      expect(pods.store.size).toBe(1);
    });
  });

  it('leaves a watch that brings no byte for too long', async () => {
    const steps = [lists(10), says(), says(event('ADDED', pod('p', 11)))];
    await play(
      steps,
      async ({ changes, until }) => {
        await until(() => changes.length === 1);
        expect(changes).toEqual(['a/p -→Running']);
      },
      150,
    );
  });

  it('does not hammer a server that ends each watch at once', async () => {
    await play([lists(10), saysAndEnds()], async ({ requests }) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(requests.length).toBeGreaterThan(2);
      expect(requests.length).toBeLessThan(8);
    });
  });

  it('survives an object that cannot be projected and a listener that throws', async () => {
    const events = [event('ADDED', pod('bad', 11)), event('ADDED', pod('p', 12))];
    await withServer(
      (_request, response, count) => (count === 1 ? lists(10)(response) : says(...events)(response)),
      async ({ client }) => {
        const stop = new AbortController();
        const pods = informer({
          client,
          resource: resources.pods,
          project: (object): string => {
            if (object.metadata?.name === 'bad') throw new TypeError('no status');
            return object.status?.phase ?? '';
          },
          log: silentLogger(),
        });
        const told = new Promise<string>((resolve) => {
          pods.onChange(() => {
            throw new Error('a listener with a bug');
          });
          pods.onChange((key) => resolve(key));
        });
        const running = pods.run(stop.signal);
        expect(await Promise.race([told, pods.whenSynced().then(() => told)])).toBe('a/p');
        stop.abort();
        await running;
      },
    );
  });

  it('counts events, lists and failures', async () => {
    const metrics = createMetrics();
    const steps = [lists(10), saysAndEnds(event('ADDED', pod('p', 11)), gone), lists(20, pod('p', 11)), says()];
    await withServer(
      (_request, response, count) => steps[Math.min(count, 4) - 1]?.(response),
      async ({ client, seen }) => {
        const stop = new AbortController();
        const meter = reflectorMeters(metrics)('pods');
        const pods = informer({ client, resource: resources.pods, project: () => 1, log: silentLogger(), meter });
        const running = pods.run(stop.signal);
        while (seen.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
        stop.abort();
        await running;
      },
    );
    const text = await metrics.text();
    expect(text).toContain('kube_watch_events_total{resource="pods",type="ADDED"} 1');
    expect(text).toContain('kube_watch_lists_total{resource="pods"} 2');
    expect(text).toContain('kube_watch_failures_total{resource="pods",reason="Expired"} 1');
  });
});

describe('the answer of our own write', () => {
  it('is seen before the watch tells it, and an older event does not undo it', async () => {
    let speak: (line: string) => void = () => undefined;
    const opened: Step = (response) => {
      response.writeHead(200);
      response.flushHeaders();
      speak = (line) => void response.write(line);
    };
    await play([lists(10, pod('p', 5)), opened], async ({ informer: pods, changes, requests, until }) => {
      await pods.whenSynced();
      await until(() => requests.length === 2);
      pods.accept(pod('p', 30, 'Claimed'));
      expect(pods.store.get('a/p')?.phase).toBe('Claimed');
      speak(event('MODIFIED', pod('p', 20, 'Older')));
      speak(event('MODIFIED', pod('p', 30, 'Claimed')));
      speak(event('MODIFIED', pod('p', 31, 'Newer')));
      await until(() => pods.store.get('a/p')?.phase === 'Newer');
      expect(changes).toEqual(['a/p -→Running', 'a/p Running→Claimed', 'a/p Claimed→Newer']);
    });
  });

  it('does not bring back what the watch has told to be gone', async () => {
    const events = [event('ADDED', pod('p', 20)), event('DELETED', pod('p', 21))];
    await play([lists(10), says(...events)], async ({ informer: pods, changes, until }) => {
      await until(() => changes.length === 2);
      pods.accept(pod('p', 20));
      expect(pods.store.size).toBe(0);
    });
  });
});
