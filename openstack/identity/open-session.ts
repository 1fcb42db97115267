import type { CloudConfig, Scope } from '../cloud-config/cloud-config.ts';
import type { Environment } from '../cloud-config/environment.ts';
import { OpenStackError } from '../openstack-error.ts';
import { dispatcherOf } from '../transport/dispatcher-of.ts';
import { type Exchange, exchangeOver } from '../transport/exchange.ts';
import { openTransport, type Transport } from '../transport/open-transport.ts';
import { chooseEndpoint } from './choose-endpoint.ts';
import { type Issued, logIn } from './log-in.ts';
import type { Negotiate } from './negotiate.ts';
import { negotiateWithCurl } from './negotiate-with-curl.ts';
import { isDue } from './renewal.ts';
import { serviceUrl } from './service-url.ts';
import type { Answer, Call, ServiceType, Session } from './session.ts';

/** What a session needs of the outside. */
export interface SessionWorld {
  readonly now: () => Date;
  /** Random bytes: for request ids, and to spread repeated requests. */
  readonly random: (bytes: number) => Uint8Array;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** For proxies (`HTTPS_PROXY`…) and Kerberos. */
  readonly env: Environment;
  /** Gets a line for each request; no secret is in it. */
  readonly debug?: ((line: string) => void) | undefined;
  /** Logs in with a Kerberos ticket; by curl unless told. */
  readonly kerberos?: Negotiate;
  /** Aborts on Ctrl-C: then reading stops, and nothing is tried again. */
  readonly interrupted?: AbortSignal | undefined;
}

/** A session with a cloud. Nothing is sent before it is needed. */
export function openSession(config: CloudConfig, world: SessionWorld): Session {
  const connections = connectionsOf(config, world);
  return new CloudSession(config, world, connections, () => connections.close());
}

interface Connections {
  readonly exchange: Exchange;
  readonly close: () => Promise<void>;
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

class CloudSession implements Session {
  readonly close: () => Promise<void>;
  readonly #config: CloudConfig;
  readonly #world: SessionWorld;
  readonly #connections: Connections;
  readonly #transport: Transport;
  #issued: Promise<Issued> | undefined;
  #token: string | undefined;

  constructor(config: CloudConfig, world: SessionWorld, connections: Connections, close: () => Promise<void>) {
    this.#config = config;
    this.#world = world;
    this.#connections = connections;
    this.close = close;
    this.#transport = openTransport({ ...world, exchange: connections.exchange, secrets: () => this.#secrets() });
  }

  readonly login = async () => (await this.#current()).login;

  readonly request = async <T>(call: Call): Promise<Answer<T>> => {
    const issued = await this.#current();
    try {
      return await this.#send<T>(call, issued);
    } catch (error) {
      // A token may end before its time, with its user's password or a role. A refused request did nothing.
      if (!(error instanceof OpenStackError) || error.facts.status !== 401) throw error;
      return this.#send<T>(call, await this.#renewed(issued));
    }
  };

  readonly endpoint = async (service: ServiceType): Promise<string> => this.#endpoint(service, await this.#current());

  readonly rescoped = (scope: { readonly projectId: string } | 'unscoped'): Session => {
    const config = withScope(this.#config, scope);
    return new CloudSession(config, this.#world, this.#connections, () => Promise.resolve());
  };

  async #current(): Promise<Issued> {
    this.#issued ??= this.#logIn();
    const issued = await this.#issued;
    return isDue(issued.login, this.#world.now()) ? this.#renewed(issued) : issued;
  }

  /** One new login for all who found the old one used up. */
  async #renewed(old: Issued): Promise<Issued> {
    const current = await this.#issued;
    if (current !== undefined && current.token !== old.token) return current;
    this.#issued = this.#logIn();
    return this.#issued;
  }

  async #logIn(): Promise<Issued> {
    const { env, kerberos = negotiateWithCurl(env), now, debug } = this.#world;
    try {
      const issued = await logIn({ transport: this.#transport, negotiate: kerberos, now, debug }, this.#config);
      this.#token = issued.token;
      return issued;
    } catch (error) {
      this.#issued = undefined;
      throw error;
    }
  }

  #endpoint(service: ServiceType, { login }: Issued): string {
    const { endpointOverrides, region, interface: wanted, authUrl } = this.#config;
    const override = endpointOverrides[service];
    if (override !== undefined) return override;
    const choice = chooseEndpoint(login.catalog, { service, region, interface: wanted });
    if ('url' in choice) return choice.url;
    // A login without a project has no catalog, but Keystone is where it was.
    if (service === 'identity') return authUrl;
    const asked = { service, method: 'GET', path: '/v3/auth/catalog' };
    const facts = { ...asked, failure: 'NoEndpoint', status: 0, requestId: undefined } as const;
    throw new OpenStackError({ ...facts, said: choice.missing });
  }

  async #send<T>(call: Call, issued: Issued): Promise<Answer<T>> {
    const { service, method, path, query, body, headers, timeoutMs } = call;
    const {
      status,
      headers: answered,
      text,
    } = await this.#transport.send({
      service,
      method,
      url: serviceUrl(this.#endpoint(service, issued), path, query),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...lowerCase(headers),
        'x-auth-token': issued.token,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs,
    });
    return { status, headers: answered, body: parse<T>(call, { status, headers: answered, text }) };
  }

  #secrets(): readonly (string | undefined)[] {
    const { auth } = this.#config;
    const given = {
      password: () => (auth.method === 'password' ? auth.password : undefined),
      application_credential: () => (auth.method === 'application_credential' ? auth.secret : undefined),
      token: () => (auth.method === 'token' ? auth.token : undefined),
      kerberos: () => undefined,
    };
    return [given[auth.method](), this.#token];
  }
}

const lowerCase = (headers: Call['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The caller says what the API promises; what is no JSON at all is found out here. */
function parse<T>(
  { service, method, path }: Call,
  answer: { status: number; headers: Answer<T>['headers']; text: string },
): T {
  if (answer.text === '') return undefined as T; // promised by the call: an empty answer has no body
  try {
    return JSON.parse(answer.text) as T; // promised by the API that was called
  } catch (cause) {
    const requestId = answer.headers['x-openstack-request-id'];
    const said = 'the answer is no JSON: is something else than the service answering?';
    throw new OpenStackError({
      failure: 'Unintelligible',
      status: answer.status,
      service,
      method,
      path,
      said,
      requestId,
      cause,
    });
  }
}

/** An application credential stays what it is: its project cannot be changed, and Keystone lists projects for it as well. */
function withScope(config: CloudConfig, wanted: { readonly projectId: string } | 'unscoped'): CloudConfig {
  const { auth } = config;
  if (auth.method === 'application_credential') return config;
  const scope: Scope =
    wanted === 'unscoped'
      ? { kind: 'unscoped' }
      : { kind: 'project', id: wanted.projectId, name: undefined, domain: undefined };
  return { ...config, auth: { ...auth, scope } };
}
