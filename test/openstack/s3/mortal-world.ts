import type { S3World } from '../../../openstack/s3/s3-request.ts';

/** The process died here. */
export class Killed extends Error {
  override readonly name = 'Killed';
  readonly code = 'KILLED';
}

/** When a world dies: at its n-th effect, before it happens or after it happened and before anybody knew. */
export interface Death {
  readonly at: number;
  readonly moment: 'before' | 'after';
}

/** The same world, but it dies: from then on nothing that is asked of it happens. `effects` counts them. */
export function mortal(world: S3World, death: Death): { readonly world: S3World; readonly effects: () => number } {
  let count = 0;
  const effect = async <T>(act: () => Promise<T>): Promise<T> => {
    const turn = ++count;
    if (turn > death.at || (turn === death.at && death.moment === 'before')) throw new Killed('before');
    const result = await act();
    if (turn === death.at) throw new Killed('after');
    return result;
  };
  const { session, client } = world;
  return {
    effects: () => count,
    world: {
      ...world,
      session: session && {
        ...session,
        request: (call) => (call.method === 'GET' ? session.request(call) : effect(() => session.request(call))),
      },
      client: {
        ...client,
        create: (resource, object, options) => effect(() => client.create(resource, object, options)),
        patch: (resource, ref, change, options) => effect(() => client.patch(resource, ref, change, options)),
      },
      openBucket: (settings, name) => {
        const bucket = world.openBucket(settings, name);
        return {
          ...bucket,
          ensure: () => effect(() => bucket.ensure()),
          ensureMarker: (key) => effect(() => bucket.ensureMarker(key)),
        };
      },
    },
  };
}
