import type { ObjectRef } from './key.ts';
import type { Resource } from './resources.ts';

/** Query parameters; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The path of all objects of a resource, in one namespace or in all. */
export function collectionPath(resource: Resource, namespace: string | undefined, query: Query = {}): string {
  const { group, version, plural, namespaced } = resource;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${plural}${queryText(query)}`;
}

/** The path of one object or of a sub-resource of it. Throws RangeError on an empty name: that would be the collection. */
export function objectPath(
  resource: Resource,
  { namespace, name }: ObjectRef,
  subresource = '',
  query: Query = {},
): string {
  if (name === '') throw new RangeError(`A ${resource.kind} needs a name to be addressed`);
  const sub = subresource === '' ? '' : `/${subresource}`;
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}${sub}${queryText(query)}`;
}

function queryText(query: Query): string {
  let text = '';
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    text += `${text === '' ? '?' : '&'}${name}=${encodeURIComponent(value)}`;
  }
  return text;
}
