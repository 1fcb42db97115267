import { describe, expect, it } from '@jest/globals';

import { scriptedSession } from '../../test/openstack/scripted-session.ts';
import { nova } from './nova-client.ts';

describe('nova', () => {
  it('reads -1 as unlimited', async () => {
    const absolute = {
      ...{ maxTotalInstances: -1, totalInstancesUsed: 4 },
      ...{ maxTotalCores: 20, totalCoresUsed: 8 },
      ...{ maxTotalRAMSize: 51200, totalRAMUsed: 0 },
    };
    const { session } = scriptedSession(() => ({ body: { limits: { absolute, rate: [] } } }));
    expect(await nova(session).limits()).toEqual({
      instances: { used: 4, limit: undefined },
      cores: { used: 8, limit: 20 },
      ram: { used: 0, limit: 51200 },
    });
  });

  it('imports a public key and never asks for a private one', async () => {
    const { session, calls } = scriptedSession(() => ({ body: {} }));
    await nova(session).importKeypair('mine', 'ssh-ed25519 AAAA me\n');
    expect(calls).toEqual([
      {
        service: 'compute',
        method: 'POST',
        path: '/v2.1/os-keypairs',
        body: { keypair: { name: 'mine', public_key: 'ssh-ed25519 AAAA me' } },
      },
    ]);
  });

  it('unwraps keypairs', async () => {
    const body = { keypairs: [{ keypair: { name: 'a', fingerprint: '1:2', public_key: 'x' } }] };
    const { session } = scriptedSession(() => ({ body }));
    expect(await nova(session).keypairs()).toEqual([{ name: 'a', fingerprint: '1:2' }]);
  });
});
