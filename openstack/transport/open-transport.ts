import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { OpenStackError } from '../openstack-error.ts';
import { debugLine } from './debug-line.ts';
import type { Disconnection } from './disconnection.ts';
import type { Exchange, Incoming, Outgoing } from './exchange.ts';
import { failureOf } from './failure-of.ts';
import { hideSecrets } from './hide-secrets.ts';
import { requestId } from './request-id.ts';
import { retryDelayMs } from './retry.ts';
import { said } from './said.ts';

/** What the transport needs of the outside. */
export interface TransportWorld {
  readonly exchange: Exchange;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  readonly debug?: ((line: string) => void) | undefined;
  /** What must appear in no message: password, secret, tokens. */
  readonly secrets: () => readonly (string | undefined)[];
  /** Aborts on Ctrl-C: reading stops at once, and nothing is tried again. */
  readonly interrupted?: AbortSignal | undefined;
}

/** A request to a service, with the URL to use. */
export interface ServiceRequest extends Omit<Outgoing, 'interrupted' | 'timeoutMs'> {
  readonly service: string;
  readonly timeoutMs?: number | undefined;
  /** A POST that does no harm when it is done twice: a login. */
  readonly repeatable?: boolean;
}

/** Sends requests: repeats what may be repeated, follows a service's redirects of reads. */
export interface Transport {
  /** @throws OpenStackError for every answer of 301 and above (300 lists versions), and for none; UserError after Ctrl-C */
  readonly send: (request: ServiceRequest) => Promise<Incoming>;
}

const ANSWER_TIMEOUT_MS = 90_000;
const MOST_REDIRECTS = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** A transport over an exchange. */
export function openTransport(world: TransportWorld): Transport {
  return {
    send: async (request) => {
      let target = request;
      for (let followed = 0; ; followed += 1) {
        const answer = await persist(world, target);
        if (answer.status < 301) return answer;
        const next = followed < MOST_REDIRECTS ? redirectOf(target, answer) : undefined;
        if (next === undefined) throw refusal(world, target, answer);
        target = { ...target, url: next };
      }
    },
  };
}

/** Tries until there is an answer worth having. @throws OpenStackError without one */
async function persist(world: TransportWorld, request: ServiceRequest): Promise<Incoming> {
  const { method, repeatable = false, timeoutMs = ANSWER_TIMEOUT_MS } = request;
  const started = world.now().getTime();
  for (let tries = 1; ; tries += 1) {
    const { answer, sent } = await once(world, request, timeoutMs);
    const interrupted = world.interrupted?.aborted === true;
    const now = world.now();
    const delay = retryDelayMs({
      ...outcomeOf(answer),
      ...(interrupted ? { lasting: true } : {}),
      method: repeatable ? 'PUT' : method,
      tries,
      elapsedMs: now.getTime() - started,
      budgetMs: timeoutMs,
      random: fraction(world.random(4)),
      now,
    });
    if (delay !== undefined) await world.sleep(delay);
    else if ('headers' in answer) return answer;
    else if (interrupted) throw new UserError('interrupted', { exitCode: exitCode.interrupted });
    else throw errorOf(world, request, { ...answer, requestId: sent });
  }
}

const outcomeOf = (answer: Incoming | Disconnection) =>
  'headers' in answer
    ? { status: answer.status, unsent: false, lasting: false, retryAfter: answer.headers['retry-after'] }
    : { ...answer, retryAfter: undefined };

async function once(world: TransportWorld, request: ServiceRequest, timeoutMs: number) {
  const { method, url, headers, body } = request;
  const sent = requestId(world.random(16));
  const began = world.now().getTime();
  const answer = await world.exchange({
    method,
    url,
    headers: { ...headers, 'x-openstack-request-id': sent },
    body,
    timeoutMs,
    interrupted: world.interrupted,
  });
  world.debug?.(debugLine({ method, url, headers, answer, sent, tookMs: world.now().getTime() - began }));
  return { answer, sent };
}

/** Reads follow the service to another of its own URLs; the token goes to no other host. */
function redirectOf({ method, url }: ServiceRequest, { status, headers }: Incoming): string | undefined {
  const { location } = headers;
  if (!redirects.has(status) || location === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined;
  if (!URL.canParse(location, url)) return undefined;
  const next = new URL(location, url);
  return next.origin === new URL(url).origin ? next.href : undefined;
}

function refusal(world: TransportWorld, request: ServiceRequest, { status, headers, text }: Incoming): OpenStackError {
  const { location } = headers;
  const what = status < 400 ? `it points to ${location ?? 'nowhere'}, which is not followed` : said(status, text);
  return errorOf(world, request, {
    failure: failureOf(status),
    status,
    said: what,
    requestId: headers['x-openstack-request-id'] ?? headers['x-compute-request-id'],
  });
}

function errorOf(
  world: TransportWorld,
  { service, method, url }: ServiceRequest,
  { failure, status, said: words, requestId: id, cause }: Failure,
): OpenStackError {
  const path = new URL(url).pathname;
  const clean = hideSecrets(words, world.secrets());
  return new OpenStackError({ failure, status, service, method, path, said: clean, requestId: id, cause });
}

type Failure = Pick<OpenStackError['facts'], 'failure' | 'status' | 'said' | 'requestId' | 'cause'>;

const fraction = (bytes: Uint8Array): number => bytes.reduce((sum, byte, place) => sum + byte / 256 ** (place + 1), 0);
