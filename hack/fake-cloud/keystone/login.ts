import { at, listAt, textAt } from '../http/body.ts';
import { emptyAnswer, Refusal, withHeaders } from '../http/answer.ts';
import { type FakeRequest, headerOf } from '../http/request.ts';
import type { ApplicationCredential, User } from '../state.ts';
import type { World } from '../world.ts';
import {
  expecting,
  forbidden,
  keystoneError,
  noApplicationCredential,
  unauthorized,
  unknownToken,
  unsupportedMethod,
} from './errors.ts';
import { findDomainId, resolveScope } from './scope.ts';
import { isDelegated, issueToken, type Issued, validToken } from './tokens.ts';

/** Logs in: `auth` is the object of that name in the request. Throws a refusal. */
export function login(world: World, request: FakeRequest, auth: unknown): Issued {
  const methods = listAt(auth, 'identity', 'methods').filter((method) => typeof method === 'string');
  const method = methods[0];
  if (at(auth, 'identity', 'methods') === undefined)
    throw new Refusal(keystoneError(400, "Invalid input for field 'identity': 'methods' is a required property"));
  if (method === undefined) throw unauthorized(world);
  const handler = handlers[method];
  if (handler === undefined)
    throw unsupportedMethod(world, 'Attempted to authenticate with an unsupported method.', {
      methods: Object.keys(handlers),
    });
  return handler(world, auth, request);
}

type Login = (world: World, auth: unknown, request: FakeRequest) => Issued;

const handlers: Readonly<Record<string, Login>> = {
  password: byPassword,
  token: byToken,
  application_credential: byApplicationCredential,
  kerberos: byKerberos,
};

function byPassword(world: World, auth: unknown): Issued {
  const asked = at(auth, 'identity', 'password', 'user');
  if (asked === undefined) throw expecting('password', 'identity');
  const user = findUser(world, asked);
  if (user === undefined || user.password !== textAt(asked, 'password')) throw unauthorized(world);
  return issueToken(world, { user, methods: ['password'], ...resolveScope(world, user, at(auth, 'scope')) });
}

function byToken(world: World, auth: unknown): Issued {
  const id = textAt(auth, 'identity', 'token', 'id');
  if (id === undefined) throw expecting('id', 'token');
  const token = validToken(world, id);
  const user = world.state.users.find((candidate) => candidate.id === token?.userId);
  if (token === undefined || user === undefined) throw unknownToken(id);
  if (isDelegated(token) && world.settings.policy === 'patched')
    throw forbidden('Using a delegated token to create another token is not allowed.');
  const { methods, expiresMs, applicationCredentialId } = token;
  return issueToken(world, {
    user,
    methods: [...new Set(['token', ...methods])],
    ...resolveScope(world, user, at(auth, 'scope')),
    expiresMs,
    applicationCredentialId,
    parentAuditId: token.parentAuditId ?? token.auditId,
  });
}

function byApplicationCredential(world: World, auth: unknown): Issued {
  const asked = at(auth, 'identity', 'application_credential');
  if (at(auth, 'scope') !== undefined)
    throw unsupportedMethod(
      world,
      'Error authenticating with application credential: Application credentials cannot request a scope.',
      {},
    );
  if (textAt(asked, 'id') === undefined && textAt(asked, 'name') === undefined)
    throw expecting('name or ID', 'application credential');
  const credential = findCredential(world, asked);
  if (!isInForce(world, credential) || credential.secret !== textAt(asked, 'secret')) throw unauthorized(world);
  const user = world.state.users.find(({ id }) => id === credential.userId);
  if (user === undefined) throw unauthorized(world);
  return issueToken(world, {
    user,
    methods: ['application_credential'],
    scope: { kind: 'project', projectId: credential.projectId },
    roles: credential.roles,
    applicationCredentialId: credential.id,
  });
}

const isInForce = (world: World, credential: ApplicationCredential | undefined): credential is ApplicationCredential =>
  credential !== undefined && (credential.expiresMs ?? Infinity) > world.now();

function findCredential(world: World, asked: unknown): ApplicationCredential | undefined {
  const all = world.state.applicationCredentials;
  const id = textAt(asked, 'id');
  if (id !== undefined) {
    const found = Object.hasOwn(all, id) ? all[id] : undefined;
    if (found === undefined) throw noApplicationCredential(id);
    return found;
  }
  if (at(asked, 'user') === undefined) throw expecting('user', 'application credential');
  const user = findUser(world, at(asked, 'user'));
  return Object.values(all).find((one) => one.name === textAt(asked, 'name') && one.userId === user?.id);
}

/**
 * The web server in front of Keystone answers for Kerberos: without a ticket it asks for one. The fake takes a ticket of
 * the form base64("ticket-of:NAME").
 */
function byKerberos(world: World, auth: unknown, request: FakeRequest): Issued {
  const given = /^Negotiate (\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  const name = /^ticket-of:(.+)$/.exec(Buffer.from(given ?? '', 'base64').toString())?.[1];
  const user = world.state.users.find((candidate) => candidate.name === name && candidate.domainId === 'default');
  if (user === undefined) throw new Refusal(withHeaders(emptyAnswer(401), { 'www-authenticate': 'Negotiate' }));
  const scoped = resolveScope(world, user, at(auth, 'scope'));
  return issueToken(world, { user, methods: ['kerberos', 'external'], ...scoped });
}

function findUser(world: World, asked: unknown): User | undefined {
  const id = textAt(asked, 'id');
  if (id !== undefined) return world.state.users.find((user) => user.id === id);
  const name = textAt(asked, 'name');
  if (name === undefined) throw expecting('name or ID', 'user');
  if (at(asked, 'domain') === undefined) throw expecting('domain', 'user');
  const domainId = findDomainId(world, at(asked, 'domain'));
  return world.state.users.find((user) => user.name === name && user.domainId === domainId);
}
