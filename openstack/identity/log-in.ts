import type { Auth, CloudConfig, Scope } from '../cloud-config/cloud-config.ts';
import { OpenStackError } from '../openstack-error.ts';
import type { Incoming } from '../transport/exchange.ts';
import type { Transport } from '../transport/open-transport.ts';
import { authBody } from './auth-body.ts';
import { loginOf } from './login-of.ts';
import type { Negotiate } from './negotiate.ts';
import type { Login } from './session.ts';

/** A token and what is known about it. The token is a secret. */
export interface Issued {
  readonly token: string;
  readonly login: Login;
}

/** What a login needs. */
export interface LoginWorld {
  readonly transport: Transport;
  readonly negotiate: Negotiate;
  readonly now: () => Date;
  readonly debug?: ((line: string) => void) | undefined;
}

const PATH = '/auth/tokens';

/** Logs in as the configuration says. @throws OpenStackError Unauthenticated, Unreachable… */
export async function logIn(world: LoginWorld, config: CloudConfig): Promise<Issued> {
  const { auth } = config;
  if (auth.method === 'token') return logInByToken(world, config, auth);
  return issue(world, config, auth);
}

/** A ready token is used as it is when it fits: patched Keystones give no new token for a delegated one. */
async function logInByToken(
  world: LoginWorld,
  config: CloudConfig,
  auth: Extract<Auth, { readonly method: 'token' }>,
): Promise<Issued> {
  const ready = await inspect(world, config, auth.token);
  return fits(ready.login, auth.scope) ? ready : issue(world, config, auth);
}

async function inspect({ transport, now }: LoginWorld, { authUrl }: CloudConfig, token: string): Promise<Issued> {
  try {
    const answer = await transport.send({
      service: 'identity',
      method: 'GET',
      url: authUrl + PATH,
      headers: { accept: 'application/json', 'x-auth-token': token, 'x-subject-token': token },
      body: undefined,
    });
    return issuedOf({ ...answer, headers: { ...answer.headers, 'x-subject-token': token } }, 'GET', now());
  } catch (error) {
    // Keystone knows no token that has expired or was revoked: 404.
    if (!(error instanceof OpenStackError) || error.facts.status !== 404) throw error;
    throw new OpenStackError({
      ...error.facts,
      failure: 'Unauthenticated',
      said: 'the token is not known',
      cause: error,
    });
  }
}

function fits({ project }: Login, scope: Scope): boolean {
  if (scope.kind === 'unscoped') return true;
  if (scope.kind !== 'project' || project === undefined) return false;
  return scope.id === undefined ? scope.name === project.name : scope.id === project.id;
}

async function issue(
  { transport, negotiate, now, debug }: LoginWorld,
  { authUrl, auth, tls }: CloudConfig,
  used: Auth = auth,
) {
  const body = JSON.stringify(authBody(used));
  const url = authUrl + PATH;
  if (used.method === 'kerberos') {
    const answer = await negotiate({ url, body, tls });
    debug?.(`POST ${url} ${answer.status}, by curl with a Kerberos ticket`);
    return issuedOf(answer, 'POST', now());
  }
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  // Two logins do no harm, so a login is repeated where another POST is not.
  const answer = await transport.send({ service: 'identity', method: 'POST', url, headers, body, repeatable: true });
  return issuedOf(answer, 'POST', now());
}

function issuedOf({ status, headers, text }: Incoming, method: string, now: Date): Issued {
  const token = headers['x-subject-token'];
  const login = loginOf(jsonOf(text), (issuedAt) =>
    clockSkewMs(headers['date'], method === 'POST' ? issuedAt : undefined, now),
  );
  if (token !== undefined && login !== undefined) return { token, login };
  throw new OpenStackError({
    failure: 'Unintelligible',
    status,
    service: 'identity',
    method,
    path: PATH,
    said: 'the answer describes no token: is this the URL of a Keystone, version 3?',
    requestId: headers['x-openstack-request-id'],
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * By the `Date` header, or, where the server sends none (uWSGI), by the time of a token that was issued just now. Both are
 * whole seconds, cut off: on average they are half a second late.
 */
function clockSkewMs(date: string | undefined, issuedAt: Date | undefined, now: Date): number {
  const theirs = Date.parse(date ?? '');
  const known = Number.isNaN(theirs) ? issuedAt?.getTime() : theirs;
  return known === undefined ? 0 : known + 500 - now.getTime();
}
