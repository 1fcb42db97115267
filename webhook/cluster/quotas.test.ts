import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../kube/log.ts';
import { manualClock } from '../../kube/manual-clock.ts';
import { answerJson, withServer } from '../../test/scripted-server.ts';
import { quotasOf } from './quotas.ts';

describe('the quotas of a namespace', () => {
  it('are asked for once in two seconds, by namespace', async () => {
    const clock = manualClock();
    await withServer(
      (_request, response) => answerJson(response, 200, { metadata: {}, items: [{ metadata: { name: 'q' } }] }),
      async ({ client, seen }) => {
        const quotas = quotasOf(client, clock, silentLogger());
        const [first, second] = await Promise.all([quotas('a'), quotas('a')]);
        expect(first).toEqual([{ metadata: { name: 'q' } }]);
        expect(second).toEqual(first);
        await quotas('b');
        expect(seen).toHaveLength(2);
        clock.advance(2_001);
        await quotas('a');
        expect(seen).toHaveLength(3);
      },
    );
  });

  it('are unknown when the API server refuses, and asked for again', async () => {
    await withServer(
      (_request, response, count) => answerJson(response, count === 1 ? 403 : 200, { metadata: {}, items: [] }),
      async ({ client }) => {
        const quotas = quotasOf(client, manualClock(), silentLogger());
        expect(await quotas('a')).toBeUndefined();
        expect(await quotas('a')).toEqual([]);
      },
    );
  });
});
