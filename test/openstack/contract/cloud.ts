import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';

import { at, textAt } from '../../../hack/fake-cloud/http/body.ts';
import { loadCloud } from '../../../openstack/cloud-config/load-cloud.ts';
import type { CloudConfig } from '../../../openstack/cloud-config/cloud-config.ts';
import { keystone } from '../../../openstack/identity/keystone-client.ts';
import type { Keystone } from '../../../openstack/identity/keystone.ts';
import { openSession } from '../../../openstack/identity/open-session.ts';
import type { Session } from '../../../openstack/identity/session.ts';
import type { Target } from './target.ts';

/** An answer as it came, without our client in between. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A login whose token is used by hand. */
export interface Caller {
  readonly token: string;
  readonly userId: string;
  readonly projectId: string;
  /** URL of a service from the token's catalog. */
  readonly endpoint: (type: string) => string;
  /** `call('GET', 'container-infra', '/clusters')` */
  readonly call: (method: string, service: string, path: string, more?: RawRequest) => Promise<RawAnswer>;
}

export interface RawRequest {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A cloud under test, with both ways to talk to it. */
export interface CloudUnderTest extends Target {
  /** Raw: the body of a login to Keystone, and its answer. */
  readonly logIn: (auth: object) => Promise<RawAnswer>;
  /** What an entry of clouds.yaml has in `auth`. */
  readonly secretsOf: (entry: string) => Readonly<Record<string, string>>;
  /** By hand: logs in with an entry of clouds.yaml; once, then again the same. */
  readonly as: (entry: string) => Promise<Caller>;
  /** Through our own client. */
  readonly session: (entry: string) => Promise<Session>;
  readonly config: (entry: string) => Promise<CloudConfig>;
  readonly keystone: (entry: string) => Promise<Keystone>;
  readonly close: () => Promise<void>;
}

export function cloudUnderTest(target: Target): CloudUnderTest {
  const callers = new Map<string, Promise<Caller>>();
  const sessions = new Map<string, Promise<Session>>();
  const secretsOf = (entry: string): Record<string, string> => {
    // Written by the cloud's own program.
    const { clouds } = parse(readFileSync(target.cloudsFile, 'utf8')) as Clouds;
    const found = clouds[entry];
    if (found === undefined) throw new Error(`${target.cloudsFile} has no entry ${entry}`);
    return found.auth;
  };
  const logIn = (auth: object): Promise<RawAnswer> => raw('POST', `${target.authUrl}/auth/tokens`, { body: { auth } });
  const config = (entry: string): Promise<CloudConfig> =>
    loadCloud(
      { env: { OS_CLIENT_CONFIG_FILE: target.cloudsFile, OS_CLOUD: entry }, home: '/', workingFolder: '/' },
      {},
    );
  const session = async (entry: string): Promise<Session> =>
    openSession(await config(entry), { now: () => new Date(), random: randomBytes, sleep, env: {} });
  const cloud: CloudUnderTest = {
    ...target,
    logIn,
    secretsOf,
    config,
    as: (entry) => remembered(callers, entry, async () => callerOf(target, await logIn(authOf(secretsOf(entry))))),
    session: (entry) => remembered(sessions, entry, () => session(entry)),
    keystone: async (entry) => keystone(await cloud.session(entry)),
    close: async () => {
      for (const open of sessions.values()) await (await open).close();
      await target.stop();
    },
  };
  return cloud;
}

interface Clouds {
  readonly clouds: Readonly<Record<string, { readonly auth: Record<string, string> }>>;
}

function remembered<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const value = made.get(key) ?? make();
  made.set(key, value);
  return value;
}

/** The body of a login that an entry of clouds.yaml stands for. */
export function authOf(secrets: Readonly<Record<string, string>>): object {
  const { application_credential_id: id, application_credential_secret: secret, username, password } = secrets;
  if (id !== undefined)
    return { identity: { methods: ['application_credential'], application_credential: { id, secret } } };
  const user = { name: username, password, domain: { id: 'default' } };
  return { identity: { methods: ['password'], password: { user } }, scope: scopeOf(secrets) };
}

const scopeOf = ({ project_name: name }: Readonly<Record<string, string>>): object => ({
  project: { name, domain: { name: 'Default' } },
});

function callerOf(target: Target, login: RawAnswer): Caller {
  const token = login.headers.get('x-subject-token');
  if (login.status !== 201 || token === null) throw new Error(`Login answered ${login.status}: ${said(login)}`);
  const endpoint = (type: string): string => {
    if (type === 'identity') return target.authUrl;
    const service = listAt(login.body, 'token', 'catalog').find((one) => textAt(one, 'type') === type);
    const found = listAt(service, 'endpoints').find((one) => textAt(one, 'interface') === 'public');
    return textAt(found, 'url') ?? '';
  };
  return {
    token,
    userId: textAt(login.body, 'token', 'user', 'id') ?? '',
    projectId: textAt(login.body, 'token', 'project', 'id') ?? '',
    endpoint,
    call: (method, service, path, { body, headers = {} } = {}) =>
      raw(method, `${endpoint(service)}${path}`, { body, headers: { 'x-auth-token': token, ...headers } }),
  };
}

const listAt = (value: unknown, ...names: readonly string[]): readonly unknown[] => {
  const found = at(value, ...names);
  return Array.isArray(found) ? found : [];
};

/** One request and its answer, whatever it is. A body that is text is sent as it is. */
export async function raw(method: string, url: string, { body, headers = {} }: RawRequest = {}): Promise<RawAnswer> {
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: jsonOr(text) };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a refusal says, in any service's words. */
export function said({ body }: RawAnswer): string {
  if (typeof body !== 'object' || body === null) return String(body);
  const [first] = listAt(body, 'errors');
  const inner: unknown = Object.values(body).at(0);
  return textAt(first, 'detail') ?? textAt(inner, 'message') ?? textAt(body, 'message') ?? '';
}

/** Looks again and again until what is seen is as it should be. Throws with the last sight when time is up. */
export async function until<T>(look: () => Promise<T>, isRight: (seen: T) => boolean, withinMs = 60_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (Date.now() > end) throw new Error(`Still not so after ${withinMs} ms: ${JSON.stringify(seen).slice(0, 500)}`);
    await sleep(200);
  }
}
