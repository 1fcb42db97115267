import { describe, expect, it } from '@jest/globals';

import { refusal, scriptedSession } from '../../test/openstack/scripted-session.ts';
import { neutron } from './neutron-client.ts';

describe('neutron', () => {
  it('counts reserved addresses as used, and -1 as unlimited', async () => {
    const of = (floatingip: object) => neutron(scriptedSession(() => ({ body: { quota: { floatingip } } })).session);
    expect(await of({ used: 3, reserved: 2, limit: 10 }).floatingIpLimit('p')).toEqual({ used: 5, limit: 10 });
    expect(await of({ used: 3, limit: -1 }).floatingIpLimit('p')).toEqual({ used: 3, limit: undefined });
  });

  it('knows no limit where the cloud has no quota details', async () => {
    const { session } = scriptedSession(() => {
      throw refusal('NotFound', 404);
    });
    expect(await neutron(session).floatingIpLimit('p')).toBeUndefined();
  });

  it('asks for external networks only', async () => {
    const { session, calls } = scriptedSession(() => ({
      body: { networks: [{ id: 'n', name: 'public', mtu: 1500 }] },
    }));
    expect(await neutron(session).externalNetworks()).toEqual([{ id: 'n', name: 'public' }]);
    expect(calls[0]?.query).toMatchObject({ 'router:external': 'True' });
  });
});
