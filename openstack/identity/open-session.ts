import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { dispatcherOf } from '../transport/dispatcher-of.ts';
import { exchangeOver } from '../transport/exchange.ts';
import { CloudSession, type Connections } from './cloud-session.ts';
import type { Session } from './session.ts';
import type { SessionWorld } from './session-world.ts';

export type { SessionWorld } from './session-world.ts';

/** A session with a cloud. Nothing is sent before it is needed. */
export function openSession(config: CloudConfig, world: SessionWorld): Session {
  const connections = connectionsOf(config, world);
  return new CloudSession(config, world, connections, () => connections.close());
}

/** Opened with the first request, shared by all sessions of a cloud. */
function connectionsOf(config: CloudConfig, { env }: SessionWorld): Connections {
  let opened: ReturnType<typeof dispatcherOf> | undefined;
  return {
    exchange: async (outgoing) => exchangeOver(await (opened ??= dispatcherOf(config, env)))(outgoing),
    close: async () => {
      const dispatcher = await opened?.catch(() => undefined);
      opened = undefined;
      await dispatcher?.destroy();
    },
  };
}
