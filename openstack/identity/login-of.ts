import { isMapping, type RawCloud } from '../cloud-config/raw-cloud.ts';
import type { CatalogEntry, Login } from './session.ts';

/**
 * What the body that describes a token says; undefined when it is no such body.
 * @param skewOf Keystone's clock minus ours in milliseconds, for the time when the token was issued
 */
export function loginOf(body: unknown, skewOf: (issuedAt: Date) => number): Login | undefined {
  const token = isMapping(body) ? body['token'] : undefined;
  if (!isMapping(token)) return undefined;
  const user = owned(token['user']);
  const [issuedAt, expiresAt] = [dateOf(token['issued_at']), dateOf(token['expires_at'])];
  if (user === undefined || issuedAt === undefined || expiresAt === undefined) return undefined;
  return {
    user,
    project: owned(token['project']),
    roles: mappings(token['roles']).map(({ name }) => text(name)),
    methods: listOf(token['methods']).filter((method) => typeof method === 'string'),
    applicationCredential: credentialOf(token['application_credential']),
    issuedAt,
    expiresAt,
    catalog: mappings(token['catalog']).map((entry) => entryOf(entry)),
    clockSkewMs: skewOf(issuedAt),
  };
}

/** A user or project: id, name, and the domain of the name. */
function owned(value: unknown): Login['project'] {
  if (!isMapping(value) || typeof value['id'] !== 'string') return undefined;
  const { id, name, domain } = value;
  return { id, name: text(name), domainName: isMapping(domain) ? text(domain['name']) : '' };
}

/** Unknown to be unrestricted counts as restricted. */
const credentialOf = (value: unknown): Login['applicationCredential'] =>
  isMapping(value) ? { id: text(value['id']), restricted: value['restricted'] !== false } : undefined;

const entryOf = (entry: RawCloud): CatalogEntry => ({
  type: text(entry['type']),
  name: text(entry['name']),
  endpoints: mappings(entry['endpoints']).map((endpoint) => ({
    url: text(endpoint['url']),
    region: text(endpoint['region_id'] ?? endpoint['region']),
    interface: text(endpoint['interface']),
  })),
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const mappings = (value: unknown): readonly RawCloud[] => listOf(value).filter((entry) => isMapping(entry));

function dateOf(value: unknown): Date | undefined {
  const date = new Date(text(value));
  return Number.isNaN(date.getTime()) ? undefined : date;
}
