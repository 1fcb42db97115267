import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import { forwardPort } from './port-forward.ts';

/** Nobody listens on port 1 of this machine. */
function unreachable(): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'none', server: 'http://127.0.0.1:1', skipTLSVerify: true }, { name: 'me' });
  return config;
}

const pod = { namespace: 'team', name: 'pi-driver' };

describe('a forwarded port', () => {
  it('reports a connection that cannot be made, ends it, and goes on', async () => {
    const config = unreachable();
    const told: string[] = [];
    const onError = (message: string): void => void told.push(message);
    const forwarding = await forwardPort({ config, pod, localPort: 0, remotePort: 4040, onError });
    try {
      const socket = connect(forwarding.localPort, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'close');
      expect(told).toEqual([expect.stringContaining('ECONNREFUSED')]);
      const again = connect(forwarding.localPort, '127.0.0.1');
      again.on('error', () => undefined);
      await once(again, 'connect');
      await once(again, 'close');
    } finally {
      await forwarding.close();
    }
  });

  it('is refused when the local port is taken', async () => {
    const config = unreachable();
    const first = await forwardPort({ config, pod, localPort: 0, remotePort: 4040 });
    const second = forwardPort({ config, pod, localPort: first.localPort, remotePort: 4040 });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });
});
