import type { Scope, Token, User } from '../state.ts';
import type { World } from '../world.ts';

/** Keystone's default life of a token. */
const LIFE_MS = 3_600_000;

export interface TokenRequest {
  readonly user: User;
  readonly methods: readonly string[];
  readonly scope: Scope;
  readonly roles: readonly string[];
  readonly applicationCredentialId?: string | undefined;
  /** The first token of the chain, for one that was made with another. */
  readonly parentAuditId?: string | undefined;
  /** When it ends, if not after the usual time. */
  readonly expiresMs?: number | undefined;
}

/** A token that was found, with its text. */
export interface Issued {
  readonly id: string;
  readonly token: Token;
}

/** Issues a token that looks like a Fernet token: 183 characters. */
export function issueToken(world: World, request: TokenRequest): Issued {
  const issuedMs = world.now();
  const id = `gAAAAA${Buffer.from(world.hex(132), 'hex').toString('base64url')}`;
  const token: Token = {
    userId: request.user.id,
    methods: request.methods,
    scope: request.scope,
    roles: request.roles,
    auditId: Buffer.from(world.hex(16), 'hex').toString('base64url'),
    issuedMs,
    expiresMs: request.expiresMs ?? issuedMs + LIFE_MS,
    applicationCredentialId: request.applicationCredentialId,
    parentAuditId: request.parentAuditId,
  };
  world.state.tokens[id] = token;
  return { id, token };
}

/** The token, if it is known and in force. Those of a deleted application credential are not. */
export function validToken(world: World, id: string): Token | undefined {
  const token = Object.hasOwn(world.state.tokens, id) ? world.state.tokens[id] : undefined;
  if (token === undefined || token.expiresMs <= world.now()) return undefined;
  const made = token.applicationCredentialId;
  return made === undefined || Object.hasOwn(world.state.applicationCredentials, made) ? token : undefined;
}

/** The id of the application credential that a token came from, when it has been deleted since. */
export function deletedCredentialOf(world: World, id: string): string | undefined {
  const made = Object.hasOwn(world.state.tokens, id) ? world.state.tokens[id]?.applicationCredentialId : undefined;
  return made === undefined || Object.hasOwn(world.state.applicationCredentials, made) ? undefined : made;
}

const PRIMARY = new Set(['password', 'token', 'external', 'kerberos']);

/** True when the login was by something that a person handed on: an application credential. */
export const isDelegated = (token: Token): boolean => token.methods.some((method) => !PRIMARY.has(method));

/** True when the login was by an application credential that may not make further ones. */
export function isRestricted(world: World, token: Token): boolean {
  const id = token.applicationCredentialId;
  return id !== undefined && world.state.applicationCredentials[id]?.unrestricted === false;
}
