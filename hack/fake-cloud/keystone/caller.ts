import { emptyAnswer } from '../http/answer.ts';
import { type FakeRequest, headerOf } from '../http/request.ts';
import type { Token, User } from '../state.ts';
import type { World } from '../world.ts';
import { forbidden, noApplicationCredential, notFound, unauthorized } from './errors.ts';
import { deletedCredentialOf, validToken } from './tokens.ts';

/** Who sends a request. */
export interface Caller {
  readonly token: Token;
  readonly user: User;
  readonly isAdmin: boolean;
}

/** Keystone's own check of `X-Auth-Token`. Throws its 401. */
export function callerOf(world: World, request: FakeRequest): Caller {
  const id = headerOf(request, 'x-auth-token') ?? '';
  const token = validToken(world, id);
  const deleted = deletedCredentialOf(world, id);
  if (deleted !== undefined) throw noApplicationCredential(deleted);
  const user = world.state.users.find(({ id }) => id === token?.userId);
  if (token === undefined || user === undefined) throw unauthorized(world);
  return { token, user, isAdmin: token.roles.includes('admin') };
}

/** The caller of a path about a user: the same one, or an administrator. Throws 403 or 404. */
export function callerAbout(world: World, request: FakeRequest, action: string): Caller & { readonly subject: User } {
  const caller = callerOf(world, request);
  const { user: id = '' } = request.params;
  if (caller.user.id !== id && !caller.isAdmin) throw forbidden(action);
  const subject = world.state.users.find((user) => user.id === id);
  if (subject === undefined) throw notFound('user', id);
  return { ...caller, subject };
}

/** 204. */
export const done = () => emptyAnswer(204);
