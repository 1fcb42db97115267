import { at, textAt } from '../http/body.ts';
import type { Project, Scope, User } from '../state.ts';
import type { World } from '../world.ts';
import { expecting, unauthorized } from './errors.ts';

export interface Scoped {
  readonly scope: Scope;
  readonly roles: readonly string[];
}

const UNSCOPED: Scoped = { scope: { kind: 'none' }, roles: [] };

/** What the scope of a login (`auth.scope`) means for a user. Throws a refusal: 401 where the user has no role, 400 for half a scope. */
export function resolveScope(world: World, user: User, scope: unknown): Scoped {
  if (scope === undefined || scope === 'unscoped' || at(scope, 'unscoped') !== undefined) return UNSCOPED;
  const project = at(scope, 'project');
  if (project !== undefined) return projectScope(world, user, findProject(world, project));
  const domain = at(scope, 'domain');
  if (domain !== undefined) return domainScope(world, user, findDomainId(world, domain));
  throw unauthorized(world);
}

function projectScope(world: World, user: User, project: Project | undefined): Scoped {
  const roles = project === undefined ? undefined : user.roles[project.id];
  if (project === undefined || roles === undefined) throw unauthorized(world);
  return { scope: { kind: 'project', projectId: project.id }, roles };
}

function domainScope(world: World, user: User, domainId: string | undefined): Scoped {
  const roles = domainId === undefined ? undefined : user.domainRoles[domainId];
  if (domainId === undefined || roles === undefined) throw unauthorized(world);
  return { scope: { kind: 'domain', domainId }, roles };
}

function findProject(world: World, asked: unknown): Project | undefined {
  const id = textAt(asked, 'id');
  if (id !== undefined) return world.state.projects.find((project) => project.id === id);
  const name = textAt(asked, 'name');
  if (name === undefined) throw expecting('name or ID', 'project');
  if (at(asked, 'domain') === undefined) throw expecting('domain', 'project');
  const domainId = findDomainId(world, at(asked, 'domain'));
  return world.state.projects.find((project) => project.name === name && project.domainId === domainId);
}

/** The id of a domain named by `{id}` or `{name}`; names know no case. */
export function findDomainId(world: World, asked: unknown): string | undefined {
  const id = textAt(asked, 'id');
  const name = textAt(asked, 'name')?.toLowerCase();
  return world.state.domains.find((domain) =>
    id === undefined ? domain.name.toLowerCase() === name : domain.id === id,
  )?.id;
}
