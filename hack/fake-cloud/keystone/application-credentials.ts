import { type Answer, jsonAnswer, Refusal } from '../http/answer.ts';
import { at, listAt, parseBody, textAt } from '../http/body.ts';
import { type Route, route } from '../http/route.ts';
import type { FakeRequest } from '../http/request.ts';
import type { ApplicationCredential } from '../state.ts';
import { isoMicroseconds, type World } from '../world.ts';
import { type Caller, callerAbout, done } from './caller.ts';
import { forbidden, keystoneError, noApplicationCredential } from './errors.ts';
import { isRestricted } from './tokens.ts';
import { rolesDocument } from './token-document.ts';

const PATH = '/v3/users/:user/application_credentials';

export const applicationCredentialRoutes: readonly Route[] = [
  route(`POST ${PATH}`, create),
  route(`GET ${PATH}`, list),
  route(`GET ${PATH}/:id`, show),
  route(`DELETE ${PATH}/:id`, remove),
];

function refuseRestricted(world: World, { token }: Caller): void {
  if (isRestricted(world, token))
    throw forbidden(
      "Using method 'application_credential' is not allowed for managing additional application credentials.",
    );
}

function create(request: FakeRequest, world: World): Answer {
  const caller = callerAbout(world, request, 'identity:create_application_credential');
  const asked = at(parseBody(request.body), 'application_credential');
  const name = textAt(asked, 'name');
  if (name === undefined || name === '') throw new Refusal(keystoneError(400, "'name' is a required property"));
  refuseRestricted(world, caller);
  const credential = credentialFrom(world, caller, asked, name);
  if (
    Object.values(world.state.applicationCredentials).some(
      (one) => one.userId === credential.userId && one.name === name,
    )
  )
    throw new Refusal(
      keystoneError(
        409,
        'Conflict occurred attempting to store application_credential - Duplicate entry found with name ' + `${name}.`,
      ),
    );
  world.state.applicationCredentials[credential.id] = credential;
  return jsonAnswer(201, {
    application_credential: { ...view(world, credential), secret: credential.secret },
  });
}

function credentialFrom(world: World, caller: Caller, asked: unknown, name: string): ApplicationCredential {
  const { token, user } = caller;
  if (token.scope.kind !== 'project') throw forbidden('identity:create_application_credential');
  const roles = listAt(asked, 'roles').map((role) => textAt(role, 'name') ?? '');
  if (roles.some((role) => !token.roles.includes(role)))
    throw new Refusal(
      keystoneError(
        400,
        'Invalid application credential: Cannot create an application credential with unassigned role',
      ),
    );
  const expires = textAt(asked, 'expires_at');
  // Keystone reads a time without a zone as UTC.
  const expiresMs =
    expires === undefined ? undefined : Date.parse(/Z|[+-]\d\d:?\d\d$/.test(expires) ? expires : `${expires}Z`);
  if (expiresMs !== undefined && expiresMs < world.now())
    throw new Refusal(
      keystoneError(
        400,
        "The 'expires_at' must not be before now. The server could not comply with the request since it is either " +
          'malformed or otherwise incorrect. The client is assumed to be in error.',
      ),
    );
  return {
    id: world.hex(16),
    name,
    secret: textAt(asked, 'secret') ?? Buffer.from(world.hex(64), 'hex').toString('base64url'),
    userId: user.id,
    projectId: token.scope.projectId,
    roles: roles.length > 0 ? roles : token.roles,
    description: textAt(asked, 'description'),
    unrestricted: at(asked, 'unrestricted') === true,
    expiresMs,
  };
}

function list(request: FakeRequest, world: World): Answer {
  const { subject } = callerAbout(world, request, 'identity:list_application_credentials');
  const name = request.query.get('name');
  const found = Object.values(world.state.applicationCredentials).filter(
    (one) => one.userId === subject.id && (name === null || one.name === name),
  );
  return jsonAnswer(200, {
    application_credentials: found.map((one) => view(world, one)),
    links: { next: null, previous: null, self: `${world.endpoints.identity}${request.path}` },
  });
}

function show(request: FakeRequest, world: World): Answer {
  callerAbout(world, request, 'identity:get_application_credential');
  return jsonAnswer(200, { application_credential: view(world, find(world, request)) });
}

function remove(request: FakeRequest, world: World): Answer {
  const caller = callerAbout(world, request, 'identity:delete_application_credential');
  refuseRestricted(world, caller);
  Reflect.deleteProperty(world.state.applicationCredentials, find(world, request).id);
  return done();
}

function find(world: World, { params }: FakeRequest): ApplicationCredential {
  const { id = '', user } = params;
  const all = world.state.applicationCredentials;
  const found = Object.hasOwn(all, id) ? all[id] : undefined;
  if (found?.userId !== user || found === undefined) throw noApplicationCredential(id);
  return found;
}

const view = (world: World, credential: ApplicationCredential): object => ({
  id: credential.id,
  name: credential.name,
  description: credential.description ?? null,
  project_id: credential.projectId,
  user_id: credential.userId,
  roles: rolesDocument(credential.roles).map((role) => ({
    ...role,
    description: null,
    domain_id: null,
    options: { immutable: true },
  })),
  unrestricted: credential.unrestricted,
  expires_at: credential.expiresMs === undefined ? null : isoMicroseconds(credential.expiresMs).replace('Z', ''),
  system: null,
  links: {
    self: `${world.endpoints.identity}/v3/application_credentials/${credential.id}`,
  },
});
