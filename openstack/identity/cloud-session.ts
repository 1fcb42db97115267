import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { OpenStackError } from '../openstack-error.ts';
import type { Exchange, Incoming } from '../transport/exchange.ts';
import { openTransport, type Transport } from '../transport/open-transport.ts';
import { chooseEndpoint } from './choose-endpoint.ts';
import { type Issued, logIn } from './log-in.ts';
import { negotiateWithCurl } from './negotiate-with-curl.ts';
import { isDue } from './renewal.ts';
import { serviceUrl } from './service-url.ts';
import type { Answer, Call, ServiceType, Session } from './session.ts';
import type { SessionWorld } from './session-world.ts';
import { withScope } from './with-scope.ts';

/** What all sessions of a cloud share. */
export interface Connections {
  readonly exchange: Exchange;
  readonly close: () => Promise<void>;
}

/** A session over shared connections: one login, made when it is needed, shared by all who ask at the same time. */
export class CloudSession implements Session {
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
    const answer = await this.#transport.send({
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
    // The caller says what the API that it calls promises.
    return { status: answer.status, headers: answer.headers, body: parse(call, answer) as T };
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

/** Undefined for an empty answer. @throws OpenStackError for what is no JSON at all */
function parse({ service, method, path }: Call, { status, headers, text }: Incoming): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause: its message quotes the answer, which may hold a secret.
    const requestId = headers['x-openstack-request-id'];
    const said = 'the answer is no JSON: is something else than the service answering?';
    throw new OpenStackError({ failure: 'Unintelligible', status, service, method, path, said, requestId });
  }
}
