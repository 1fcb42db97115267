import { describe, expect, it } from '@jest/globals';

import type { KubeClient, WatchEvent } from '../../kube/client.ts';
import { systemClock } from '../../kube/clock.ts';
import { resources } from '../../kube/resources.ts';
import { anEvent } from '../../test/spark-pods.ts';
import { apiError } from '../../test/fake-cli.ts';
import { follow } from './follow.ts';

type Event = ReturnType<typeof anEvent>;

const event = (uid: string, resourceVersion: string): Event => {
  const plain = anEvent('R', `${uid}@${resourceVersion}`);
  return { ...plain, metadata: { ...plain.metadata, uid, resourceVersion } };
};
const added = (object: Event): WatchEvent<Event> => ({ type: 'ADDED', object });

/** What one list answers, and what its watch then brings; an error breaks it. */
interface Round {
  readonly list: readonly Event[] | Error;
  readonly watch?: readonly (WatchEvent<Event> | Error)[];
}

/** Plays the rounds, then aborts. */
async function play(rounds: readonly Round[]): Promise<string[][]> {
  const left = [...rounds];
  const stop = new AbortController();
  let watch: Round['watch'];
  const client: Pick<KubeClient, 'list' | 'watch'> = {
    list: async () => {
      const round = left.shift();
      if (round === undefined) {
        stop.abort();
        throw new Error('aborted');
      }
      watch = round.watch;
      if (round.list instanceof Error) throw round.list;
      return { items: round.list as never, resourceVersion: '1' };
    },
    watch: async (_resource, _options, onEvent) => {
      for (const step of watch ?? []) {
        if (step instanceof Error) throw step;
        onEvent(step as never);
      }
    },
  };
  const delivered: string[][] = [];
  const clock = { ...systemClock, after: (_ms: number, call: () => void) => systemClock.after(0, call) };
  const deliver = (events: readonly { readonly message?: string }[]): void =>
    void delivered.push(events.map(({ message = '' }) => message));
  await follow({ client, clock, resource: resources.events, query: {}, deliver }, stop.signal);
  return delivered;
}

const lost = apiError(0, 'ConnectionLost', 'lost');

describe('follow', () => {
  const cases: Record<string, { given: readonly Round[]; want: string[][] }> = {
    'first what is there, then each change': {
      given: [
        {
          list: [event('a', '1'), event('b', '2')],
          watch: [added(event('c', '3')), { type: 'MODIFIED', object: event('a', '4') }],
        },
      ],
      want: [['a@1', 'b@2'], ['c@3'], ['a@4']],
    },
    'bookmarks and deletions are no news': {
      given: [
        {
          list: [],
          watch: [
            { type: 'BOOKMARK', object: event('', '9') },
            { type: 'DELETED', object: event('a', '9') },
          ],
        },
      ],
      want: [],
    },
    'after a lost connection nothing is told twice and nothing is missed': {
      given: [
        { list: [event('a', '1')], watch: [added(event('b', '2')), lost] },
        { list: lost },
        { list: [event('a', '1'), event('b', '2'), event('c', '3')] },
      ],
      want: [['a@1'], ['b@2'], ['c@3']],
    },
    'a watch that is too old begins again': {
      given: [{ list: [], watch: [apiError(410, 'Expired', 'too old')] }, { list: [event('a', '1')] }],
      want: [['a@1']],
    },
  };

  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect(await play(given)).toEqual(want);
  });

  it('a cluster that cannot be reached at first is an error', async () => {
    await expect(play([{ list: lost }])).rejects.toBe(lost);
  });

  it('a refusal is an error at any time', async () => {
    const forbidden = apiError(403, 'Forbidden', 'no');
    await expect(play([{ list: [], watch: [forbidden] }])).rejects.toBe(forbidden);
  });
});
