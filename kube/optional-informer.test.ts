import { describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { answerJson, withServer, type Script } from '../test/scripted-server.ts';
import { createLogger } from './log.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { optionalInformer, type OptionalInformer } from './optional-informer.ts';
import { resources } from './resources.ts';

interface Told {
  readonly pods: OptionalInformer<unknown, string, never>;
  readonly clock: ManualClock;
  /** The messages logged, with their level. */
  readonly logged: readonly string[];
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** Runs one against a server that plays the script; time moves only for the informer's own waits. */
async function play(script: Script, look: (told: Told) => Promise<void>): Promise<void> {
  await withServer(
    script,
    async ({ client }) => {
      const logged: string[] = [];
      const log = createLogger({
        write: (line) => {
          // Parse boundary: the lines are our own logger's.
          const { level, msg, reason = '' } = JSON.parse(line) as { level: string; msg: string; reason?: string };
          logged.push(`${level} ${msg} ${reason}`.trim());
        },
      });
      const clock = manualClock();
      const pods = optionalInformer({
        client,
        resource: resources.pods,
        project: ({ metadata }) => metadata?.name ?? '',
        without: 'nothing',
        log,
        clock,
      });
      const stop = new AbortController();
      const running = pods.run(stop.signal);
      const until = async (condition: () => boolean): Promise<void> => {
        for (const startedAt = Date.now(); !condition();) {
          await setTimeout(5);
          if (Date.now() - startedAt > 4000) throw new Error(`Waited in vain after ${logged.join(', ')}`);
          clock.advance(100);
        }
      };
      try {
        await look({ pods, clock, logged, until });
      } finally {
        stop.abort();
        await running;
      }
    },
    { limits: { attempts: 1 } },
  );
}

const refuses =
  (status: number, times: number): Script =>
  (request, response, count) => {
    if (count <= times) answerJson(response, status, { reason: 'Refused' });
    else if (request.url?.includes('watch=true') === true) response.writeHead(200).flushHeaders();
    else answerJson(response, 200, { metadata: { resourceVersion: '1' }, items: [{ metadata: { name: 'p' } }] });
  };

describe('an optional informer', () => {
  it('is settled with its first list, and silent', async () => {
    await play(refuses(403, 0), async ({ pods, logged }) => {
      await pods.whenSettled();
      expect([pods.settled(), pods.listed(), [...pods.store.values()]]).toEqual([true, true, ['p']]);
      expect(logged).toEqual([]);
    });
  });

  it.each([403, 404])('is settled by a refusal (%d), warns once and lists when it may', async (status) => {
    await play(refuses(status, 3), async ({ pods, logged, until }) => {
      await pods.whenSettled();
      expect([pods.settled(), pods.listed()]).toEqual([true, false]);
      await until(() => pods.listed());
      expect([...pods.store.values()]).toEqual(['p']);
      await until(() => logged.length === 2);
      expect(logged).toEqual(['warn Cannot watch, going on without and trying again Refused', 'info Can watch now']);
    });
  });

  it('waits for a server that is ill, but not for ever', async () => {
    await play(refuses(500, Number.POSITIVE_INFINITY), async ({ pods, logged, clock, until }) => {
      await until(() => logged.length === 1);
      expect(pods.settled()).toBe(false);
      clock.advance(30_000);
      await pods.whenSettled();
      expect([pods.settled(), pods.listed()]).toEqual([true, false]);
    });
  });
});
