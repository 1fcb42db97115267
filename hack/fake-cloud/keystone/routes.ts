import { type Answer, emptyAnswer, jsonAnswer } from '../http/answer.ts';
import { at, parseBody } from '../http/body.ts';
import { type FakeRequest, headerOf } from '../http/request.ts';
import { type Route, route } from '../http/route.ts';
import type { Domain, Project } from '../state.ts';
import type { World } from '../world.ts';
import { applicationCredentialRoutes } from './application-credentials.ts';
import { callerOf, done } from './caller.ts';
import { catalogFor } from './catalog.ts';
import { ec2Routes } from './ec2.ts';
import { expecting, forbidden, unknownToken } from './errors.ts';
import { login } from './login.ts';
import { isDelegated, isRestricted, validToken } from './tokens.ts';
import { tokenDocument } from './token-document.ts';

/** Keystone, version 3. */
export const keystoneRoutes: readonly Route[] = [
  route('GET /', (_request, world) =>
    jsonAnswer(300, { versions: { values: [version(world)] } }, { location: `${world.endpoints.identity}/v3/` }),
  ),
  route('GET /v3', (_request, world) => jsonAnswer(200, { version: version(world) })),
  route('POST /v3/auth/tokens', issue),
  route('GET /v3/auth/tokens', validate),
  route('HEAD /v3/auth/tokens', (request, world) => {
    const { status, headers } = validate(request, world);
    return emptyAnswer(status, headers);
  }),
  route('DELETE /v3/auth/tokens', revoke),
  route('GET /v3/auth/projects', projects),
  route('GET /v3/auth/domains', domains),
  route('GET /v3/auth/catalog', catalog),
  route('POST /v3/OS-TRUST/trusts', makeTrust),
  ...ec2Routes,
  ...applicationCredentialRoutes,
];

const version = (world: World): object => ({
  id: 'v3.14',
  status: 'stable',
  updated: '2020-04-07T00:00:00Z',
  links: [{ rel: 'self', href: `${world.endpoints.identity}/v3/` }],
  'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
});

function issue(request: FakeRequest, world: World): Answer {
  const body = parseBody(request.body);
  if (body === undefined) throw expecting('valid JSON', 'request body');
  const auth = at(body, 'auth');
  if (auth === undefined) throw expecting('auth', 'request body');
  const { id, token } = login(world, request, auth);
  return jsonAnswer(201, tokenDocument(world, token), { 'x-subject-token': id });
}

function subjectOf(request: FakeRequest, world: World): string {
  const caller = callerOf(world, request);
  const id = headerOf(request, 'x-subject-token') ?? '';
  const subject = validToken(world, id);
  if (subject === undefined) throw unknownToken(id);
  if (subject.userId !== caller.user.id && !caller.isAdmin) throw forbidden('identity:validate_token');
  return id;
}

function validate(request: FakeRequest, world: World): Answer {
  const id = subjectOf(request, world);
  const token = validToken(world, id);
  if (token === undefined) throw unknownToken(id);
  return jsonAnswer(200, tokenDocument(world, token), { 'x-subject-token': id });
}

function revoke(request: FakeRequest, world: World): Answer {
  Reflect.deleteProperty(world.state.tokens, subjectOf(request, world));
  return done();
}

function projects(request: FakeRequest, world: World): Answer {
  const { user } = callerOf(world, request);
  const found = world.state.projects.filter(({ id }) => user.roles[id] !== undefined);
  return jsonAnswer(200, {
    links: { next: null, previous: null, self: `${world.endpoints.identity}/v3/auth/projects` },
    projects: found.map((project) => projectDocument(world, project)),
  });
}

function domains(request: FakeRequest, world: World): Answer {
  const { user } = callerOf(world, request);
  const found = world.state.domains.filter(({ id }) => user.domainRoles[id] !== undefined);
  return jsonAnswer(200, {
    links: { next: null, previous: null, self: `${world.endpoints.identity}/v3/auth/domains` },
    domains: found.map((domain) => domainDocument(world, domain)),
  });
}

function catalog(request: FakeRequest, world: World): Answer {
  const { token } = callerOf(world, request);
  if (token.scope.kind !== 'project') throw forbidden();
  return jsonAnswer(200, {
    catalog: catalogFor(world, token.scope.projectId),
    links: { self: `${world.endpoints.identity}/v3/auth/catalog` },
  });
}

/** Trusts are not kept: what matters is who may make one. */
function makeTrust(request: FakeRequest, world: World): Answer {
  const { token, user } = callerOf(world, request);
  const isRefused = isDelegated(token) && (world.settings.policy === 'patched' || isRestricted(world, token));
  if (isRefused) throw forbidden('Delegated tokens cannot manage trusts.');
  const asked = at(parseBody(request.body), 'trust');
  return jsonAnswer(201, {
    trust: { id: world.hex(16), trustor_user_id: user.id, impersonation: at(asked, 'impersonation') },
  });
}

const projectDocument = (world: World, { id, name, domainId }: Project): object => ({
  id,
  name,
  domain_id: domainId,
  parent_id: domainId,
  description: '',
  enabled: true,
  is_domain: false,
  options: {},
  tags: [],
  links: { self: `${world.endpoints.identity}/v3/projects/${id}` },
});

const domainDocument = (world: World, { id, name }: Domain): object => ({
  id,
  name,
  description: '',
  enabled: true,
  options: {},
  tags: [],
  links: { self: `${world.endpoints.identity}/v3/domains/${id}` },
});
