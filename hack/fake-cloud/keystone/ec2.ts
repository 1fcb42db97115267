import { createHash } from 'node:crypto';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { parseBody, textAt } from '../http/body.ts';
import { type Route, route } from '../http/route.ts';
import type { FakeRequest } from '../http/request.ts';
import type { Ec2Credential } from '../state.ts';
import type { World } from '../world.ts';
import { type Caller, callerAbout, done } from './caller.ts';
import { forbidden, notFound } from './errors.ts';
import { isDelegated } from './tokens.ts';

const PATH = '/v3/users/:user/credentials/OS-EC2';

/** EC2 credentials: the keys of S3. */
export const ec2Routes: readonly Route[] = [
  route(`POST ${PATH}`, create),
  route(`GET ${PATH}`, list),
  route(`GET ${PATH}/:access`, show),
  route(`DELETE ${PATH}/:access`, remove),
];

/** The fixes of 2026 keep delegated tokens away from these paths. */
function refuseDelegated(world: World, { token }: Caller): void {
  if (world.settings.policy === 'patched' && isDelegated(token))
    throw forbidden('Delegated tokens cannot access credentials directly');
}

function create(request: FakeRequest, world: World): Answer {
  const caller = callerAbout(world, request, 'identity:ec2_create_credential');
  const projectId = textAt(parseBody(request.body), 'tenant_id') ?? 'None';
  if (!world.state.projects.some(({ id }) => id === projectId)) throw notFound('project', projectId);
  refuseDelegated(world, caller);
  const credential = { access: world.hex(16), secret: world.hex(16), userId: caller.subject.id, projectId };
  world.state.ec2Credentials[credential.access] = credential;
  return jsonAnswer(201, { credential: view(world, credential) });
}

function list(request: FakeRequest, world: World): Answer {
  const caller = callerAbout(world, request, 'identity:ec2_list_credentials');
  refuseDelegated(world, caller);
  const own = Object.values(world.state.ec2Credentials).filter(({ userId }) => userId === caller.subject.id);
  return jsonAnswer(200, {
    credentials: own.map((credential) => view(world, credential)),
    links: { next: null, previous: null, self: `${world.endpoints.identity}${request.path}` },
  });
}

function show(request: FakeRequest, world: World): Answer {
  const caller = callerAbout(world, request, 'identity:ec2_get_credential');
  const credential = find(world, request);
  refuseDelegated(world, caller);
  return jsonAnswer(200, { credential: view(world, credential) });
}

function remove(request: FakeRequest, world: World): Answer {
  const caller = callerAbout(world, request, 'identity:ec2_delete_credential');
  const { access } = find(world, request);
  refuseDelegated(world, caller);
  Reflect.deleteProperty(world.state.ec2Credentials, access);
  return done();
}

function find(world: World, { params }: FakeRequest): Ec2Credential {
  const { access = '', user } = params;
  const all = world.state.ec2Credentials;
  const found = Object.hasOwn(all, access) ? all[access] : undefined;
  if (found?.userId !== user || found === undefined)
    throw notFound('credential', createHash('sha256').update(access).digest('hex'));
  return found;
}

const view = (world: World, { access, secret, userId, projectId }: Ec2Credential): object => ({
  user_id: userId,
  tenant_id: projectId,
  access,
  secret,
  trust_id: null,
  links: { self: `${world.endpoints.identity}/v3/users/${userId}/credentials/OS-EC2/${access}` },
});
