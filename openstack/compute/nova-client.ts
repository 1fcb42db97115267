import { everyPage } from '../every-page.ts';
import type { Session } from '../identity/session.ts';
import type { Flavor, Limit, Nova } from './nova.ts';

/** Names of Nova's absolute limits that are read. */
type AbsoluteLimits = Readonly<
  Record<
    | 'maxTotalInstances'
    | 'totalInstancesUsed'
    | 'maxTotalCores'
    | 'totalCoresUsed'
    | 'maxTotalRAMSize'
    | 'totalRAMUsed',
    number
  >
>;

interface KeypairList {
  readonly keypairs: readonly { readonly keypair: { readonly name: string; readonly fingerprint: string } }[];
}

/** Nova over a session. No microversion is sent: version 2.1 says all that is needed, everywhere. */
export function nova(session: Session): Nova {
  const get = async <T>(path: string): Promise<T> =>
    (await session.request<T>({ service: 'compute', method: 'GET', path })).body;
  return {
    keypairs: async () =>
      (await get<KeypairList>('/v2.1/os-keypairs')).keypairs.map(({ keypair: { name, fingerprint } }) => ({
        name,
        fingerprint,
      })),
    importKeypair: async (name, publicKey) => {
      const body = { keypair: { name, public_key: publicKey.trim() } };
      await session.request({ service: 'compute', method: 'POST', path: '/v2.1/os-keypairs', body });
    },
    flavors: () =>
      everyPage<Flavor>(session, {
        call: { service: 'compute', method: 'GET', path: '/v2.1/flavors/detail' },
        field: 'flavors',
        markerOf: ({ id }) => id,
      }),
    limits: async () => {
      const { absolute } = (await get<{ limits: { absolute: AbsoluteLimits } }>('/v2.1/limits')).limits;
      return {
        instances: limit(absolute.totalInstancesUsed, absolute.maxTotalInstances),
        cores: limit(absolute.totalCoresUsed, absolute.maxTotalCores),
        ram: limit(absolute.totalRAMUsed, absolute.maxTotalRAMSize),
      };
    },
  };
}

/** -1 means unlimited. */
const limit = (used: number, max: number): Limit => ({ used, limit: max < 0 ? undefined : max });
