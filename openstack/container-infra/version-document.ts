import type { Answer } from '../identity/session.ts';
import type { Microversion } from './magnum.ts';
import { OLDEST, parseVersion } from './microversion.ts';

/**
 * What the service speaks, from its version document (`versions[].min_version`, `max_version`) or, where the endpoint's
 * root is that of `/v1`, from the headers of its answer. Without either: the oldest version alone.
 */
export function versionsOf({ body, headers }: Answer<unknown>): {
  readonly min: Microversion;
  readonly max: Microversion;
} {
  const entry = v1Entry(body);
  const min = parseVersion(textOf(entry, 'min_version')) ?? parseVersion(headers['openstack-api-minimum-version']);
  const max = parseVersion(textOf(entry, 'max_version')) ?? parseVersion(headers['openstack-api-maximum-version']);
  return { min: min ?? OLDEST, max: max ?? OLDEST };
}

function v1Entry(body: unknown): object | undefined {
  if (typeof body !== 'object' || body === null || !('versions' in body) || !Array.isArray(body.versions))
    return undefined;
  const versions: unknown[] = body.versions;
  return versions.find(
    (entry): entry is object => typeof entry === 'object' && entry !== null && textOf(entry, 'id') === 'v1',
  );
}

function textOf(entry: object | undefined, field: string): string | undefined {
  const value = new Map<string, unknown>(Object.entries(entry ?? {})).get(field);
  return typeof value === 'string' ? value : undefined;
}
