import { jsonAnswer, Refusal, textAnswer } from './http/answer.ts';
import { type Route, route } from './http/route.ts';
import { serviceCaller } from './keystone/service-caller.ts';
import { IMAGE } from './magnum/seed.ts';
import type { World } from './world.ts';

/** The part of Glance that sets clusters up: the image that templates name. */
export const glanceRoutes: readonly Route[] = [
  route('GET /v2/images', (request, world) => {
    serviceCaller(world, request);
    return jsonAnswer(200, { images: [image(world)], first: '/v2/images', schema: '/v2/schemas/images' });
  }),
  route('GET /v2/images/:id', (request, world) => {
    serviceCaller(world, request);
    const { id } = request.params;
    if (id !== IMAGE.id) throw new Refusal(textAnswer(404, 'text/html', `Failed to find image ${id ?? ''} to show`));
    return jsonAnswer(200, image(world));
  }),
];

const image = (world: World): object => ({
  ...IMAGE,
  status: 'active',
  visibility: 'public',
  os_distro: world.settings.drivers === 'heat' ? 'fedora-coreos' : 'ubuntu',
  ...(world.settings.drivers === 'heat' ? {} : { kube_version: 'v1.34.1' }),
  disk_format: 'raw',
  container_format: 'bare',
});
