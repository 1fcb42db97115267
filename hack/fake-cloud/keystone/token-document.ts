import type { Token } from '../state.ts';
import { isoMicroseconds, type World } from '../world.ts';
import { catalogFor, stableId } from './catalog.ts';

/** The body that describes a token, at login and at validation. */
export function tokenDocument(world: World, token: Token): object {
  const user = world.state.users.find(({ id }) => id === token.userId);
  return {
    token: {
      methods: token.methods,
      user: {
        domain: domainDocument(world, user?.domainId),
        id: token.userId,
        name: user?.name,
        // Keystone's word for "never".
        password_expires_at: null,
      },
      audit_ids: token.parentAuditId === undefined ? [token.auditId] : [token.auditId, token.parentAuditId],
      expires_at: isoMicroseconds(token.expiresMs),
      issued_at: isoMicroseconds(token.issuedMs),
      ...scopeDocument(world, token),
      ...credentialDocument(world, token),
    },
  };
}

/** Roles as `{id, name}`. */
export const rolesDocument = (roles: readonly string[]): object[] =>
  roles.map((name) => ({ id: stableId(`role/${name}`), name }));

function scopeDocument(world: World, { scope, roles }: Token): object {
  if (scope.kind === 'none') return {};
  if (scope.kind === 'domain')
    return {
      domain: domainDocument(world, scope.domainId),
      roles: rolesDocument(roles),
      catalog: catalogFor(world, ''),
    };
  const project = world.state.projects.find(({ id }) => id === scope.projectId);
  return {
    project: { domain: domainDocument(world, project?.domainId), id: scope.projectId, name: project?.name },
    is_domain: false,
    roles: rolesDocument(roles),
    catalog: catalogFor(world, scope.projectId),
  };
}

function domainDocument(world: World, id: string | undefined): object {
  return { id, name: world.state.domains.find((domain) => domain.id === id)?.name };
}

function credentialDocument(world: World, { applicationCredentialId: id }: Token): object {
  const credential = id === undefined ? undefined : world.state.applicationCredentials[id];
  if (credential === undefined) return {};
  return {
    application_credential: {
      id: credential.id,
      name: credential.name,
      restricted: !credential.unrestricted,
    },
  };
}
