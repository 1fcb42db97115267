import { createHash } from 'node:crypto';
import type { World } from '../world.ts';

/** The services and their endpoints, as Keystone lists them for a project: the same address for all interfaces. */
export function catalogFor(world: World, projectId: string): readonly object[] {
  const { identity, containerInfra, compute, network, image, objectStore } = world.endpoints;
  const { region, interfaces } = world.settings;
  return [
    ['identity', 'keystone', `${identity}/v3`],
    ['container-infra', 'container-infra', containerInfra],
    ['compute', 'compute', compute],
    ['network', 'network', network],
    ['image', 'image', image],
    ['object-store', 'object-store', `${objectStore}/v1/AUTH_${projectId}`],
  ].map(([type = '', name = '', url = '']) => ({
    id: stableId(type),
    type,
    name,
    endpoints: interfaces.map((where) => ({
      id: stableId(`${type}/${where}`),
      interface: where,
      region,
      region_id: region,
      url,
    })),
  }));
}

/** An id that looks like Keystone's and is the same for the same thing. */
export const stableId = (of: string): string => createHash('md5').update(of).digest('hex');
