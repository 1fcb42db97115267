import type { Scope } from './cloud-config.ts';
import { domainOf, userDomainOf } from './domain-of.ts';
import type { Settings } from './settings.ts';

const projectKeys = ['project_id', 'tenant_id', 'project_name', 'tenant_name'] as const;

/** What the token shall be good for: a project before a domain before the system; nothing of them = unscoped. */
export function scopeOf(settings: Settings): Scope {
  const project = settings.find(...projectKeys);
  if (project !== undefined) {
    const value = settings.text(...projectKeys);
    if (project.key.endsWith('_id')) return { kind: 'project', id: value, name: undefined, domain: undefined };
    const domain = domainOf(settings, 'project_domain') ?? domainOf(settings, 'default_domain');
    return { kind: 'project', id: undefined, name: value, domain: domain ?? userDomainOf(settings) };
  }
  const domain = domainOf(settings, 'domain');
  if (domain !== undefined) return { kind: 'domain', domain };
  return settings.find('system_scope') === undefined ? { kind: 'unscoped' } : { kind: 'system' };
}
