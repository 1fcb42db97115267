import { type Answer, jsonAnswer } from './http/answer.ts';
import type { FakeRequest } from './http/request.ts';
import { type Route, route } from './http/route.ts';
import { serviceCaller } from './keystone/service-caller.ts';
import { EXTERNAL_NETWORK } from './magnum/seed.ts';
import type { World } from './world.ts';

/** The part of Neutron that sets clusters up: the external networks and the quotas. */
export const neutronRoutes: readonly Route[] = [
  route('GET /', (_request, world) =>
    jsonAnswer(200, {
      versions: [{ id: 'v2.0', status: 'CURRENT', links: [{ rel: 'self', href: `${world.endpoints.network}/v2.0/` }] }],
    }),
  ),
  route('GET /v2.0/networks', networks),
  route('GET /v2.0/quotas/:project', (request, world) => {
    serviceCaller(world, request);
    return jsonAnswer(200, { quota: { floatingip: FLOATING_IPS, network: 100, port: 500, router: 10 } });
  }),
  route('GET /v2.0/quotas/:project/details', quotaDetails),
  route('GET /v2.0/quotas/:project/details.json', quotaDetails),
];

const FLOATING_IPS = 50;

function networks(request: FakeRequest, world: World): Answer {
  serviceCaller(world, request);
  const isExternal = request.query.get('router:external');
  const isWanted = isExternal === null || isExternal.toLowerCase() === 'true' || isExternal === '1';
  const network = {
    ...EXTERNAL_NETWORK,
    'router:external': true,
    status: 'ACTIVE',
    admin_state_up: true,
    shared: true,
    subnets: [],
  };
  return jsonAnswer(200, { networks: isWanted ? [network] : [] });
}

function quotaDetails(request: FakeRequest, world: World): Answer {
  serviceCaller(world, request);
  return jsonAnswer(200, { quota: { floatingip: { limit: FLOATING_IPS, used: 0, reserved: 0 } } });
}
