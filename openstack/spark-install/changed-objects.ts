import { parseAllDocuments } from 'yaml';

/** What differs between two renderings of a release, as `Kind namespace/name`. */
export interface ChangedObjects {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Compares two manifests of Helm object by object: order and comments do not count. */
export function changedObjects(before: string, after: string): ChangedObjects {
  const [old, wanted] = [objectsOf(before), objectsOf(after)];
  const names = [...wanted.keys()];
  return {
    added: names.filter((name) => !old.has(name)),
    changed: names.filter((name) => old.has(name) && old.get(name) !== wanted.get(name)),
    removed: [...old.keys()].filter((name) => !wanted.has(name)),
  };
}

export const isSame = ({ added, changed, removed }: ChangedObjects): boolean =>
  added.length + changed.length + removed.length === 0;

function objectsOf(manifest: string): ReadonlyMap<string, string> {
  const documents = parseAllDocuments(manifest).map((document) => document.toJS() as unknown);
  return new Map(documents.filter(isObject).map((object) => [nameOf(object), JSON.stringify(object)]));
}

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const isObject = (value: unknown): value is Rendered =>
  typeof value === 'object' && value !== null && 'kind' in value && 'metadata' in value;

const nameOf = ({ kind, metadata: { namespace, name } }: Rendered): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
