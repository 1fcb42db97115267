import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { call, type Answer } from '../rest.ts';
import { masterParameters } from './master.ts';
import { routeServer } from './router.ts';
import { stubRoutes } from './routes.ts';
import { Stacks } from './stacks.ts';

let server: ReturnType<typeof routeServer>;
let origin: string;

beforeEach(async () => {
  const work = { create: () => Promise.resolve('10.0.0.5'), delete: () => Promise.resolve() };
  const stacks = new Stacks({ work, wait: () => Promise.resolve(), delayMs: 0 });
  server = routeServer(stubRoutes(stacks, 'http://heat'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address with a port.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const heat = (path: string, request: { method?: string; body?: object } = {}): Promise<Answer> =>
  call({ url: `${origin}/heat/v1/p/stacks${path}`, ...request });

const made = async (): Promise<string> => {
  const body = { stack_name: 's', parameters: { number_of_minions: '2', trustee_password: 'secret' } };
  const answer = await heat('', { method: 'POST', body });
  // The answer of POST stacks, from routes.ts.
  return (answer.body as { readonly stack: { readonly id: string } }).stack.id;
};

describe('the stub of Heat', () => {
  it('leads from one name of a stack to both, as clients need it', async () => {
    const id = await made();
    const answer = await fetch(`${origin}/heat/v1/p/stacks/${id}`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('Location')).toBe(`http://heat/heat/v1/p/stacks/s/${id}`);
  });

  it('has an address for each machine that was asked for, and echoes the parameters', async () => {
    const { body } = await heat(`/s/${await made()}`);
    expect(body).toMatchObject({
      stack: { stack_status: 'CREATE_COMPLETE', parameters: { number_of_minions: '2' } },
    });
    expect(JSON.stringify(body)).toContain('"output_value":["10.0.0.100","10.0.0.101"]');
  });

  it('knows the resources that a further node group needs', async () => {
    const id = await made();
    expect((await heat(`/s/${id}/resources/network`)).status).toBe(200);
    expect((await heat(`/s/${id}/resources/other`)).status).toBe(404);
  });

  it.each(['PATCH', 'PUT'])('changes a stack with %s', async (method) => {
    const id = await made();
    expect((await heat(`/s/${id}`, { method, body: { parameters: { number_of_minions: 1 } } })).status).toBe(202);
    expect((await heat(`/s/${id}`)).body).toMatchObject({ stack: { parameters: { number_of_minions: 1 } } });
  });

  it('deletes a stack, and knows nothing of others', async () => {
    expect((await heat(`/s/${await made()}`, { method: 'DELETE' })).status).toBe(204);
    expect((await heat('/none')).status).toBe(404);
  });
});

describe('the control of the stub', () => {
  it('decides about the next stack', async () => {
    const fail = { kind: 'fail', reason: 'No valid host' };
    expect((await call({ method: 'POST', url: `${origin}/control/next/CREATE`, body: fail })).status).toBe(204);
    await made();
    const { body } = await call({ url: `${origin}/control/stacks` });
    expect(body).toEqual([expect.objectContaining({ name: 's', status: 'FAILED', reason: 'No valid host' })]);
  });

  it('refuses what it does not know', async () => {
    const explode = { method: 'POST', url: `${origin}/control/next/CREATE`, body: { kind: 'explode' } };
    expect((await call(explode)).status).toBe(400);
  });

  it('shows no credentials of stacks', async () => {
    await made();
    expect(JSON.stringify((await call({ url: `${origin}/control/stacks` })).body)).not.toContain('secret');
  });
});

describe('the stub of Neutron', () => {
  it('has one external network', async () => {
    const { body } = await call({ url: `${origin}/v2.0/networks?name=external` });
    expect(body).toMatchObject({ networks: [{ name: 'external', 'router:external': true }] });
  });
});

describe('masterParameters', () => {
  const parameters = {
    ...{ cluster_uuid: 'u', magnum_url: 'http://m/v1', auth_url: 'http://k/v3' },
    ...{ trustee_user_id: 't', trustee_password: 'secret' },
  };

  it('are read from the stack of a cluster', () => {
    expect(masterParameters(parameters)).toMatchObject({ clusterUuid: 'u', trusteeUserId: 't' });
  });

  it.each(['False', 'false', false])('are none for the stack of a further node group (%s)', (value) => {
    expect(masterParameters({ ...parameters, is_cluster_stack: value })).toBeUndefined();
  });

  it('are none when one is missing', () => {
    expect(masterParameters({ ...parameters, trustee_password: undefined })).toBeUndefined();
  });
});
