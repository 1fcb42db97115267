import { describe, expect, it } from '@jest/globals';

import { refusal, scriptedSession, type Reply } from '../../test/openstack/scripted-session.ts';
import type { Call } from '../identity/session.ts';
import { magnum } from './magnum-client.ts';

const cluster = { uuid: 'c1', name: 'demo', status: 'CREATE_COMPLETE', node_count: 3, master_count: 1, labels: {} };
const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';

/** A Magnum whose newest version is `max`. */
const speaking = (max: string, answer: (call: Call) => Reply = () => ({ body: cluster })) =>
  scriptedSession((call) =>
    call.path === '/'
      ? { body: { versions: [{ id: 'v1', min_version: '1.1', max_version: max, status: 'CURRENT' }] } }
      : answer(call),
  );

const sentVersion = ({ headers }: Call): string | undefined => headers?.['openstack-api-version'];

describe('magnum', () => {
  it.each([
    ['1.10', '1.10'],
    ['1.14', '1.14'],
    ['1.27', '1.14'],
    ['1.1', '1.1'],
  ])('speaks with a server of %s as %s', async (max, want) => {
    const { session, calls } = speaking(max);
    await magnum(session).cluster('c1');
    expect(calls.map(sentVersion)).toEqual([undefined, `container-infra ${want}`]);
  });

  it('asks for the versions once', async () => {
    const { session, calls } = speaking('1.10');
    const client = magnum(session);
    await Promise.all([client.cluster('a'), client.cluster('b'), client.versions()]);
    expect(calls.filter(({ path }) => path === '/')).toHaveLength(1);
  });

  it('asks for the versions again when they could not be had', async () => {
    let asked = 0;
    const { session } = scriptedSession(({ path }) => {
      if (path === '/' && ++asked === 1) throw refusal('ServerError', 503);
      return { body: cluster, headers: { 'openstack-api-maximum-version': 'container-infra 1.9' } };
    });
    const client = magnum(session);
    await expect(client.versions()).rejects.toMatchObject({ facts: { status: 503 } });
    expect((await client.versions()).max).toEqual({ major: 1, minor: 9 });
  });

  it('takes up the range of an older server behind the same address, also for POST', async () => {
    const { session, calls } = speaking('1.14', (call) => {
      if (sentVersion(call) !== 'container-infra 1.10')
        throw refusal(
          'NotAcceptable',
          406,
          'Version 1.14 was requested … The supported version range is: [1.1, 1.10].',
        );
      return { status: 202, body: { uuid: 'c1' } };
    });
    const client = magnum(session);
    expect(await client.createCluster({ name: 'demo', cluster_template_id: 't' })).toEqual({ uuid: 'c1' });
    expect(await client.microversion()).toEqual({ major: 1, minor: 10 });
    expect(calls.filter(({ method }) => method === 'POST').map(sentVersion)).toEqual([
      'container-infra 1.14',
      'container-infra 1.10',
    ]);
  });

  it('does not repeat a 406 that names no smaller range', async () => {
    const { session, calls } = speaking('1.10', () => {
      throw refusal('NotAcceptable', 406, '');
    });
    await expect(magnum(session).cluster('c1')).rejects.toMatchObject({ facts: { failure: 'NotAcceptable' } });
    expect(calls).toHaveLength(2);
  });

  it('never sends an order twice', async () => {
    const { session, calls } = speaking('1.10', () => {
      throw refusal('ServerError', 500);
    });
    await expect(magnum(session).createCluster({ name: 'x', cluster_template_id: 't' })).rejects.toThrow();
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('tells the two default node groups of a server that knows no groups', async () => {
    const { session, calls } = speaking('1.8');
    const groups = await magnum(session).nodeGroups('c1');
    expect(groups.map(({ name, node_count }) => [name, node_count])).toEqual([
      ['default-master', 1],
      ['default-worker', 3],
    ]);
    expect(calls.map(({ path }) => path)).toEqual(['/', '/v1/clusters/c1']);
  });

  it.each<[string, () => Reply, number | undefined]>([
    ['a number', () => ({ body: { hard_limit: 20 } }), 20],
    ['-1', () => ({ body: { hard_limit: -1 } }), undefined],
    [
      '403',
      () => {
        throw refusal('Forbidden', 403);
      },
      undefined,
    ],
  ])('reads a quota of %s', async (_case, answer, want) => {
    expect(await magnum(speaking('1.10', answer).session).clusterQuota('p1')).toBe(want);
  });

  it('passes on that a quota cannot be read because the service fails', async () => {
    const { session } = speaking('1.10', () => {
      throw refusal('ServerError', 500);
    });
    await expect(magnum(session).clusterQuota('p1')).rejects.toMatchObject({ facts: { status: 500 } });
  });

  it('has requests signed, and takes nothing but a certificate for one', async () => {
    const { session, calls } = speaking('1.10', () => ({ status: 201, body: { pem } }));
    expect(await magnum(session).sign('c1', 'CSR')).toBe(pem);
    expect(calls.at(-1)?.body).toEqual({ cluster_uuid: 'c1', csr: 'CSR' });
    const empty = speaking('1.10', () => ({ body: undefined }));
    await expect(magnum(empty.session).authority('c1')).rejects.toMatchObject({ facts: { failure: 'Unintelligible' } });
  });
});
