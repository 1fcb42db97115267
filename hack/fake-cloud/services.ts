import { type Answer, emptyAnswer, jsonAnswer, Refusal, textAnswer } from './http/answer.ts';
import type { FakeRequest, Service } from './http/request.ts';
import { findRoute, type Route } from './http/route.ts';
import { glanceRoutes } from './glance.ts';
import { keystoneRoutes } from './keystone/routes.ts';
import { frameworkError } from './magnum/errors.ts';
import { magnumRoutes } from './magnum/routes.ts';
import { neutronRoutes } from './neutron.ts';
import { novaRoutes } from './nova.ts';
import { handleS3 } from './s3/handle.ts';
import type { World } from './world.ts';

const tables: Readonly<Record<Exclude<Service, 'object-store'>, readonly Route[]>> = {
  identity: keystoneRoutes,
  'container-infra': magnumRoutes,
  compute: novaRoutes,
  network: neutronRoutes,
  image: glanceRoutes,
};

/** The paths below which the services are found; the object store has a port of its own. */
export const PREFIXES: Readonly<Record<keyof typeof tables, string>> = {
  identity: '/identity',
  'container-infra': '/container-infra',
  compute: '/compute',
  network: '/network',
  image: '/image',
};

/** Which service a path is meant for, and the path below its prefix. */
export function serviceOf(path: string): { readonly service: keyof typeof tables; readonly path: string } | undefined {
  for (const [service, prefix] of Object.entries(PREFIXES))
    if (path === prefix || path.startsWith(`${prefix}/`))
      // The keys of the table are the services.
      return { service: service as keyof typeof tables, path: path.slice(prefix.length) || '/' };
  return undefined;
}

/** Lets the service act on a request. Never throws for what a client may do wrong. */
export async function dispatch(request: FakeRequest, world: World): Promise<Answer> {
  try {
    if (request.service === 'object-store') return onObjectStore(request, world);
    const found = findRoute(tables[request.service], request.method, request.path);
    if (found.kind === 'route') return await found.route.handle({ ...request, params: found.params }, world);
    return found.kind === 'otherMethod' ? notAllowed(request) : unknownPath(request);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function onObjectStore(request: FakeRequest, world: World): Answer {
  if (request.path === '/healthcheck') return textAnswer(200, 'text/plain', 'OK');
  const isSwift = request.path.startsWith('/v1/AUTH_') && request.headers.authorization === undefined;
  return isSwift ? emptyAnswer(200, { 'x-account-container-count': '0' }) : handleS3(request, world);
}

function notAllowed(request: FakeRequest): Answer {
  if (request.service === 'identity')
    return jsonAnswer(405, { message: 'The method is not allowed for the requested URL.' });
  return request.service === 'container-infra' ? frameworkError(405).answer : emptyAnswer(405);
}

const UNKNOWN_PATH = `<!doctype html>
<html lang=en>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>
`;

function unknownPath(request: FakeRequest): Answer {
  if (request.service === 'identity') return textAnswer(404, 'text/html; charset=utf-8', UNKNOWN_PATH);
  return request.service === 'container-infra'
    ? frameworkError(404).answer
    : textAnswer(404, 'text/plain', 'Not Found');
}
