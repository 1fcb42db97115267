import { describe, expect, it } from '@jest/globals';

import type { Disconnection } from './disconnection.ts';
import type { Incoming, Outgoing } from './exchange.ts';
import { openTransport, type ServiceRequest } from './open-transport.ts';

const answer = (status: number, text = '', headers: Record<string, string> = {}): Incoming => ({
  status,
  text,
  headers,
});

const unreachable: Disconnection = {
  status: 0,
  failure: 'Unreachable',
  said: 'nothing listens at k, port 80',
  unsent: true,
  lasting: false,
  cause: undefined,
};

const get: ServiceRequest = {
  service: 'container-infra',
  method: 'GET',
  url: 'http://k/v1/clusters?limit=2',
  headers: { 'x-auth-token': 'a-token' },
  body: undefined,
};
const post: ServiceRequest = { ...get, method: 'POST', body: '{}' };

function worldOf(answers: readonly (Incoming | Disconnection)[], interrupted?: AbortSignal) {
  const left = [...answers];
  const [sent, slept, lines]: [Outgoing[], number[], string[]] = [[], [], []];
  let now = 0;
  const transport = openTransport({
    exchange: (outgoing) => {
      sent.push(outgoing);
      const next = left.shift();
      return next === undefined ? Promise.reject(new Error('one request too many')) : Promise.resolve(next);
    },
    now: () => new Date(now),
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    random: (bytes) => new Uint8Array(bytes).fill(128),
    debug: (line) => lines.push(line),
    secrets: () => ['geheim', 'a-token'],
    interrupted,
  });
  return { transport, sent, slept, lines };
}

describe('a transport', () => {
  it('repeats a read until the service answers', async () => {
    const { transport, sent, slept } = worldOf([unreachable, answer(503), answer(200, '{}')]);
    await expect(transport.send(get)).resolves.toMatchObject({ status: 200 });
    expect(sent).toHaveLength(3);
    expect(slept.map(Math.round)).toEqual([375, 751]);
  });

  it('gives up after five tries with what was said last', async () => {
    const { transport, sent } = worldOf([1, 2, 3, 4, 5].map(() => answer(500, 'broken')));
    await expect(transport.send(get)).rejects.toMatchObject({ facts: { failure: 'ServerError', said: 'broken' } });
    expect(sent).toHaveLength(5);
  });

  it('never sends an order twice that may have arrived', async () => {
    const lost: Disconnection = { ...unreachable, unsent: false };
    const { transport, sent } = worldOf([lost]);
    await expect(transport.send(post)).rejects.toMatchObject({ facts: { failure: 'Unreachable', status: 0 } });
    expect(sent).toHaveLength(1);
  });

  it('sends an order again that never left', async () => {
    const { transport, sent } = worldOf([unreachable, answer(202, '{}')]);
    await expect(transport.send(post)).resolves.toMatchObject({ status: 202 });
    expect(sent).toHaveLength(2);
  });

  it('repeats a login', async () => {
    const { transport } = worldOf([answer(503), answer(201, '{}')]);
    await expect(transport.send({ ...post, repeatable: true })).resolves.toMatchObject({ status: 201 });
  });

  it('follows a read to another path of the same service', async () => {
    const { transport, sent } = worldOf([answer(302, '', { location: '/v1/clusters/' }), answer(200)]);
    await transport.send(get);
    expect(sent.map(({ url }) => url)).toEqual(['http://k/v1/clusters?limit=2', 'http://k/v1/clusters/']);
  });

  it('takes the token to no other host', async () => {
    const { transport, sent } = worldOf([answer(302, '', { location: 'http://elsewhere/v1' })]);
    await expect(transport.send(get)).rejects.toMatchObject({
      facts: { failure: 'Unintelligible', said: 'it points to http://elsewhere/v1, which is not followed' },
    });
    expect(sent).toHaveLength(1);
  });

  it('tells service, request, answer and request id', async () => {
    const { transport } = worldOf([
      answer(409, '{"errors":[{"detail":"twice"}]}', { 'x-openstack-request-id': 'req-theirs' }),
    ]);
    await expect(transport.send(get)).rejects.toThrow(
      'container-infra: GET /v1/clusters answered 409: twice (request req-theirs)',
    );
  });

  it('hides a secret that a service says back', async () => {
    const { transport } = worldOf([answer(400, 'password "geheim" is too short for token a-token')]);
    await expect(transport.send(get)).rejects.toThrow('password "[hidden]" is too short for token [hidden]');
  });

  it('shows each exchange without token and body', async () => {
    const { transport, lines } = worldOf([answer(201, 'geheim', { 'x-subject-token': 'another-token' })]);
    await transport.send({ ...post, body: 'geheim' });
    expect(lines).toEqual([
      'POST http://k/v1/clusters?limit=2 201 0.00 s, req-80808080-8080-4080-8080-808080808080, ' +
        'token sha256:1f6076e3, new token sha256:9e78bcb9',
    ]);
  });

  it('tries nothing again after Ctrl-C', async () => {
    const { transport, sent } = worldOf([unreachable], AbortSignal.abort());
    await expect(transport.send(get)).rejects.toMatchObject({ message: 'interrupted', exitCode: 130 });
    expect(sent).toHaveLength(1);
  });
});
