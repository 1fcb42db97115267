import { type Answer, jsonAnswer, Refusal } from '../http/answer.ts';
import type { World } from '../world.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
};

/** Keystone's error document. */
export const keystoneError = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => jsonAnswer(status, { error: { code: status, message, title: titles[status] ?? 'Error' } }, headers);

/** What Keystone says to anybody whom it does not let in: never which part was wrong. */
export const OPAQUE = 'The request you have made requires authentication.';

/** Keystone's 401; it names itself in a header. */
export const unauthorized = (world: World, message: string = OPAQUE): Refusal =>
  new Refusal(keystoneError(401, message, { 'www-authenticate': `Keystone uri="${world.endpoints.identity}/v3"` }));

/** Keystone's 403 with the action that it refuses. */
export const forbidden = (action?: string): Refusal =>
  new Refusal(
    keystoneError(
      403,
      `You are not authorized to perform the requested action${action === undefined ? '' : `: ${action}`}.`,
    ),
  );

/** Keystone's 404. `kind` in its words: `project`, `user`, `credential`. */
export const notFound = (kind: string, id: string): Refusal =>
  new Refusal(keystoneError(404, `Could not find ${kind}: ${id}.`));

/** Keystone's 404 for a token that is not, or no longer, one. */
export const unknownToken = (id: string): Refusal =>
  new Refusal(
    keystoneError(404, id.startsWith('gAAAAA') ? 'Failed to validate token' : 'Could not recognize Fernet token'),
  );

/** Keystone's 404 for an application credential, also for logins and tokens that come from one. */
export const noApplicationCredential = (id: string): Refusal => notFound('Application Credential', id);

/** Keystone's 401 for a way to log in that it does not take: it names those that it takes. */
export const unsupportedMethod = (world: World, message: string, identity: object): Refusal =>
  new Refusal(
    jsonAnswer(
      401,
      { error: { code: 401, message, title: 'Unauthorized', identity } },
      { 'www-authenticate': `Keystone uri="${world.endpoints.identity}/v3"` },
    ),
  );

/** Keystone's 400 about a part that is missing. */
export const expecting = (attribute: string, target: string): Refusal =>
  new Refusal(
    keystoneError(
      400,
      `Expecting to find ${attribute} in ${target}. The server could not comply with the request since it is either ` +
        'malformed or otherwise incorrect. The client is assumed to be in error.',
    ),
  );
