import { describe, expect, it } from '@jest/globals';
import type { KubernetesEvent } from '../api/kubernetes.ts';
import { answerJson, withServer } from '../test/scripted-server.ts';
import { eventRecorder, type EventRecorder, type EventRecorderOptions } from './events.ts';
import { silentLogger } from './log.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { createMetrics, type Metrics } from './metrics.ts';

const subject = {
  apiVersion: 'sparkoperator.k8s.io/v1beta2',
  kind: 'SparkApplication',
  metadata: { namespace: 'team', name: 'pi', uid: 'u-1', resourceVersion: '7' },
};
const submitted = { type: 'Normal', reason: 'Submitted', message: 'Driver pod pi-driver created' } as const;

interface Post {
  readonly method: string;
  readonly path: string;
  readonly body: KubernetesEvent;
}

interface Stage {
  readonly recorder: EventRecorder;
  readonly posts: readonly Post[];
  readonly metrics: Metrics;
  readonly clock: ManualClock;
}

async function stage(
  use: (stage: Stage) => Promise<void>,
  { status = () => 201, ...options }: Partial<EventRecorderOptions> & { status?: (count: number) => number } = {},
): Promise<void> {
  const posts: Post[] = [];
  const clock = manualClock();
  const metrics = createMetrics();
  await withServer(
    (request, response, count) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as KubernetesEvent;
        posts.push({ method: request.method ?? '', path: request.url ?? '', body });
        answerJson(response, status(count), {});
      });
    },
    async ({ client }) => {
      const recorder = eventRecorder({
        client,
        component: 'spark-operator',
        instance: 'pod-1',
        log: silentLogger(),
        metrics,
        clock,
        ...options,
      });
      await use({ recorder, posts, metrics, clock });
    },
    { limits: { attempts: 1 } },
  );
}

describe('the event recorder', () => {
  it('writes an event that kubectl describe shows', async () => {
    await stage(async ({ recorder, posts }) => {
      recorder.record(subject, submitted);
      await recorder.flush(5000);
      expect(posts).toHaveLength(1);
      expect(posts[0]).toMatchObject({
        method: 'POST',
        path: '/api/v1/namespaces/team/events',
        body: {
          kind: 'Event',
          involvedObject: { kind: 'SparkApplication', name: 'pi', namespace: 'team', uid: 'u-1' },
          ...submitted,
          source: { component: 'spark-operator' },
          reportingInstance: 'pod-1',
          firstTimestamp: '2026-01-01T00:00:00.000Z',
          count: 1,
        },
      });
      expect(posts[0]?.body.metadata.name).toMatch(/^pi\.[0-9a-f]+$/);
    });
  });

  it('folds a repeat into the count of the first', async () => {
    await stage(async ({ recorder, posts, clock }) => {
      recorder.record(subject, submitted);
      await recorder.flush(5000);
      clock.advance(60_000);
      recorder.record(subject, submitted);
      await recorder.flush(5000);
      expect(posts).toHaveLength(2);
      expect(posts[1]).toMatchObject({
        method: 'PATCH',
        path: `/api/v1/namespaces/team/events/${posts[0]?.body.metadata.name ?? ''}`,
        body: { count: 2, lastTimestamp: '2026-01-01T00:01:00.000Z' },
      });
    });
  });

  it('folds repeats that still wait without a request', async () => {
    await stage(async ({ recorder, posts }) => {
      for (let count = 0; count < 50; count++) recorder.record(subject, submitted);
      await recorder.flush(5000);
      expect(posts.map(({ method, body }) => [method, body.count])).toEqual([
        ['POST', 1],
        ['PATCH', 50],
      ]);
    });
  });

  it('writes a new event when the repeat comes late, and when the first has expired', async () => {
    await stage(
      async ({ recorder, posts, clock }) => {
        recorder.record(subject, submitted);
        await recorder.flush(5000);
        clock.advance(11 * 60_000);
        recorder.record(subject, submitted);
        await recorder.flush(5000);
        recorder.record(subject, submitted);
        await recorder.flush(5000);
        expect(posts.map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH', 'POST']);
      },
      { status: (count) => (count === 3 ? 404 : 201) },
    );
  });

  it('keeps events of other messages and other objects apart', async () => {
    await stage(async ({ recorder, posts }) => {
      recorder.record(subject, submitted);
      recorder.record(subject, { ...submitted, message: 'other' });
      recorder.record({ ...subject, metadata: { ...subject.metadata, uid: 'u-2' } }, submitted);
      await recorder.flush(5000);
      expect(posts.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
    });
  });

  it('drops and counts what exceeds its room, and never waits', async () => {
    await stage(
      async ({ recorder, posts, metrics }) => {
        for (let count = 0; count < 10; count++) recorder.record(subject, { ...submitted, message: `m${count}` });
        await recorder.flush(5000);
        expect(posts).toHaveLength(4);
        expect(await metrics.text()).toContain('kube_events_dropped_total{reason="full"} 6');
      },
      { capacity: 3, parallel: 1 },
    );
  });

  it('counts what the server refuses, and goes on', async () => {
    await stage(
      async ({ recorder, posts, metrics }) => {
        recorder.record(subject, submitted);
        recorder.record(subject, { ...submitted, message: 'second' });
        await recorder.flush(5000);
        expect(posts).toHaveLength(2);
        expect(await metrics.text()).toContain('kube_events_dropped_total{reason="refused"} 1');
      },
      { status: (count) => (count === 1 ? 403 : 201), parallel: 1 },
    );
  });

  it('cuts long messages and keeps names legal', async () => {
    await stage(async ({ recorder, posts }) => {
      const long = { ...subject, metadata: { ...subject.metadata, name: 'n'.repeat(253) } };
      recorder.record(long, { ...submitted, message: 'm'.repeat(5000) });
      await recorder.flush(5000);
      expect(posts[0]?.body.message).toHaveLength(1024);
      expect(posts[0]?.body.metadata.name).toHaveLength(253);
    });
  });
});
