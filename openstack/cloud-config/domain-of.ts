import type { DomainName } from './cloud-config.ts';
import type { Settings } from './settings.ts';

/** A domain by `<prefix>_id` or `<prefix>_name`, whichever the highest layer has. */
export function domainOf(settings: Settings, prefix: string): DomainName | undefined {
  const found = settings.find(`${prefix}_id`, `${prefix}_name`);
  if (found === undefined) return undefined;
  const value = settings.text(`${prefix}_id`, `${prefix}_name`);
  return found.key.endsWith('_id') ? { id: value, name: undefined } : { id: undefined, name: value };
}

/** Keystone needs the domain of a user's name: without a word it is the one that every cloud has. */
export const userDomainOf = (settings: Settings): DomainName =>
  domainOf(settings, 'user_domain') ?? domainOf(settings, 'default_domain') ?? { id: 'default', name: undefined };
