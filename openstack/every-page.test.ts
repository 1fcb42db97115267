import { describe, expect, it } from '@jest/globals';

import { scriptedSession, type Reply } from '../test/openstack/scripted-session.ts';
import { everyPage } from './every-page.ts';
import type { Call } from './identity/session.ts';

interface Entry {
  readonly id: string;
}

const pagesOf = (script: (call: Call) => Reply) => {
  const { session, calls } = scriptedSession(script);
  const list = everyPage<Entry>(session, {
    call: { service: 'compute', method: 'GET', path: '/flavors', query: { sort: 'id' } },
    field: 'flavors',
    markerOf: ({ id }) => id,
  });
  return { list, calls };
};

/** A service with 7 entries that gives 3 at once, whatever is asked for. */
const service =
  (next: (last: string) => object) =>
  ({ query }: Call): Reply => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const from = all.indexOf(query?.['marker'] ?? '') + 1;
    const entries = all.slice(from, from + 3).map((id) => ({ id }));
    const more = from + 3 < all.length ? next(entries.at(-1)?.id ?? '') : {};
    return { body: { flavors: entries, ...more } };
  };

describe('everyPage', () => {
  it.each([
    ["Magnum's", (last: string) => ({ next: `https://behind-the-proxy.example.org/x?marker=${last}` })],
    ["Nova's and Neutron's", () => ({ flavors_links: [{ rel: 'previous' }, { rel: 'next', href: 'x' }] })],
  ])('follows %s links by marker, never by their host', async (_whose, next) => {
    const { list, calls } = pagesOf(service(next));
    expect((await list).map(({ id }) => id).join('')).toBe('abcdefg');
    expect(calls.map(({ query }) => query)).toEqual([
      { sort: 'id', limit: '100', marker: undefined },
      { sort: 'id', limit: '100', marker: 'c' },
      { sort: 'id', limit: '100', marker: 'f' },
    ]);
  });

  it('ends with a service that repeats its page', async () => {
    const { list, calls } = pagesOf(() => ({ body: { flavors: [{ id: 'a' }, { id: 'b' }], next: 'x' } }));
    expect(await list).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(calls).toHaveLength(2);
  });

  it('says that an answer without the list is no answer of the service', async () => {
    const { list } = pagesOf(() => ({ body: { hello: 'world' }, headers: { 'x-openstack-request-id': 'req-7' } }));
    await expect(list).rejects.toMatchObject({
      facts: { failure: 'Unintelligible', service: 'compute', requestId: 'req-7' },
    });
  });
});
