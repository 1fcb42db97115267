import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, jsonAnswer, textAnswer, withHeaders } from './http/answer.ts';
import type { FakeRequest } from './http/request.ts';
import type { Failure, Failures } from './failures.ts';
import type { Journal } from './journal.ts';
import { minorOf } from './nova.ts';
import { bodyOf, send } from './server.ts';
import { dispatch, serviceOf } from './services.ts';
import type { World } from './world.ts';

/** What stands between the sockets and the services. */
export interface Front {
  readonly world: World;
  readonly failures: Failures;
  readonly journal: Journal;
  /** Called after each request that may have changed something, before it is answered. */
  readonly save: () => void;
}

const SLOW_MS = 3000;

/** Takes a request from the main port (`objectStore` false) or the object store's, and answers it. */
export async function serve(
  front: Front,
  objectStore: boolean,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(front.world, objectStore, incoming);
  if (request === undefined) {
    send(response, textAnswer(404, 'text/plain', 'No service of the fake cloud has this path.\n'));
    return;
  }
  const closed = front.journal.open(request, front.world.now());
  const failure = front.failures.take(request);
  const answer = await answerOf(front, request, failure);
  if (answer === 'hang') return;
  if (answer === 'reset') {
    closed(0);
    response.destroy();
    return;
  }
  closed(answer.status);
  send(response, dressed(front.world, request, answer));
}

async function answerOf(
  front: Front,
  request: FakeRequest,
  failure: Failure | undefined,
): Promise<Answer | 'hang' | 'reset'> {
  if (failure === 'hang' || failure === 'reset') return failure;
  if (typeof failure === 'object' && 'status' in failure) return injected(failure);
  if (failure === 'slow') await sleep(SLOW_MS);
  if (typeof failure === 'object') await sleep(failure.slowMs);
  const answer = await dispatch(request, front.world);
  if (request.method !== 'GET' && request.method !== 'HEAD') front.save();
  return failure === 'lostAnswer' ? 'reset' : answer;
}

function injected({ status, body = '', headers = {} }: Extract<Failure, { readonly status: number }>): Answer {
  const answer = typeof body === 'string' ? textAnswer(status, 'text/plain', body) : jsonAnswer(status, body);
  return withHeaders(answer, headers);
}

async function readRequest(
  world: World,
  objectStore: boolean,
  incoming: IncomingMessage,
): Promise<FakeRequest | undefined> {
  const rawUrl = incoming.url ?? '/';
  const { pathname, searchParams } = new URL(rawUrl, 'http://cloud');
  const found = objectStore
    ? ({ service: 'object-store', path: decodeURIComponent(pathname) } as const)
    : serviceOf(decodeURIComponent(pathname));
  if (found === undefined) return undefined;
  return {
    ...found,
    method: incoming.method ?? 'GET',
    rawUrl,
    query: searchParams,
    headers: incoming.headers,
    body: await bodyOf(incoming),
    id: objectStore ? `tx${world.hex(16)}` : `req-${world.uuid()}`,
    params: {},
  };
}

/** Every answer carries a request id and the cloud's time. */
function dressed(world: World, request: FakeRequest, answer: Answer): Answer {
  const common = { date: new Date(world.now()).toUTCString(), 'x-openstack-request-id': request.id };
  return { ...answer, headers: { ...common, ...usualHeaders(request), ...answer.headers } };
}

/** What each service adds to all of its answers. */
function usualHeaders(request: FakeRequest): Readonly<Record<string, string>> {
  const { service, id } = request;
  if (service === 'identity') return { vary: 'X-Auth-Token' };
  if (service === 'object-store') return { 'x-trans-id': id, 'x-amz-request-id': id };
  if (service !== 'compute') return {};
  const version = `2.${minorOf(request)}`;
  return {
    'openstack-api-version': `compute ${version}`,
    'x-openstack-nova-api-version': version,
    vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
  };
}
