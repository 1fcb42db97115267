import { Refusal } from '../http/answer.ts';
import { type FakeRequest, headerOf } from '../http/request.ts';
import type { World } from '../world.ts';
import { keystoneError, OPAQUE } from './errors.ts';
import { validToken } from './tokens.ts';

/** Who calls a service other than Keystone: always in a project. */
export interface ServiceCaller {
  readonly userId: string;
  readonly projectId: string;
  readonly roles: readonly string[];
  readonly isAdmin: boolean;
  readonly token: string;
}

/** What the services' authentication middleware does: 401 in Keystone's shape without a token in force. */
export function serviceCaller(world: World, request: FakeRequest): ServiceCaller {
  const id = headerOf(request, 'x-auth-token') ?? '';
  const token = validToken(world, id);
  if (token === undefined)
    throw new Refusal(
      keystoneError(401, OPAQUE, { 'www-authenticate': `Keystone uri="${world.endpoints.identity}/v3"` }),
    );
  const projectId = token.scope.kind === 'project' ? token.scope.projectId : '';
  return { userId: token.userId, projectId, roles: token.roles, isAdmin: token.roles.includes('admin'), token: id };
}
