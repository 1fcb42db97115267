import { LineCounter, isNode, parseAllDocuments, type Document } from 'yaml';

import { UserError } from '../../terminal/user-error.ts';
import { fieldPath } from './field-path.ts';
import { kubectlYaml } from './kubectl-yaml.ts';

/** What every object in a manifest must have before anything else can be said about it. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly generateName?: string; readonly namespace?: string };
}

/** One object of a manifest, and where in the file it and its fields are written. */
export interface ManifestDocument {
  readonly object: ManifestObject;
  /** `pi.yaml:12` or, in a file of several documents, `pi.yaml:40 (document 2)`: the nearest place that holds the field. */
  readonly where: (field?: string) => string;
}

interface Source {
  readonly name: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly number: number;
  readonly several: boolean;
}

/**
 * Reads a YAML or JSON manifest of one or more documents; a `List` counts as the objects in it, empty documents as none.
 * @param name how messages call the file
 * @throws UserError with file, line and document when it is not YAML, holds no object, or an object lacks apiVersion, kind or name
 */
export function parseManifest(name: string, text: string): ManifestDocument[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { ...kubectlYaml, lineCounter: lines });
  const documents = 'empty' in parsed ? [] : parsed;
  const found = documents.flatMap((document, index) =>
    objectsOf({ name, document, lines, number: index + 1, several: documents.length > 1 }),
  );
  if (found.length === 0) throw new UserError(`${name}: no object in it; expected a SparkApplication`);
  return found;
}

function objectsOf(source: Source): ManifestDocument[] {
  const [error] = source.document.errors;
  if (error !== undefined) {
    const [summary = error.message] = error.message.split('\n');
    throw new UserError(
      `${place(source, error.pos[0])}: not valid YAML: ${summary.replace(/ at line \d+, column \d+:?$/, '')}`,
    );
  }
  const value: unknown = source.document.toJS();
  if (value === null || value === undefined) return [];
  return isList(value)
    ? value.items.map((item, index) => manifestDocument(source, item, ['items', index]))
    : [manifestDocument(source, value, [])];
}

function manifestDocument(source: Source, value: unknown, prefix: readonly (string | number)[]): ManifestDocument {
  const where = (field = ''): string => place(source, offsetOf(source.document, [...prefix, ...fieldPath(field)]));
  const problem = problemOf(value);
  if (problem !== undefined) throw new UserError(`${where(problem.field)}: ${problem.message}`);
  // problemOf has checked the shape.
  return { object: value as ManifestObject, where };
}

function problemOf(value: unknown): { readonly field: string; readonly message: string } | undefined {
  if (!isRecord(value))
    return { field: '', message: 'not a Kubernetes object: expected fields such as apiVersion and kind' };
  for (const field of ['apiVersion', 'kind']) {
    if (typeof value[field] !== 'string') return { field: '', message: `${field} is missing` };
  }
  const metadata = value['metadata'];
  if (!isRecord(metadata)) return { field: 'metadata', message: 'metadata is missing' };
  const name = metadata['name'] ?? metadata['generateName'];
  return typeof name === 'string' && name !== ''
    ? undefined
    : { field: 'metadata.name', message: 'metadata.name is missing, or is not text (quote it)' };
}

/** Where the deepest part of the path that exists is written. */
function offsetOf(document: Document, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(path.slice(0, length - 1), true);
    const offset = keyOffset(parent, path[length - 1]) ?? rangeStart(document.getIn(path.slice(0, length), true));
    if (offset !== undefined) return offset;
  }
  return rangeStart(document.contents);
}

/** In a map the key is the place to point at: the value may begin on the next line. */
function keyOffset(parent: unknown, key: string | number | undefined): number | undefined {
  if (!isRecord(parent) || !Array.isArray(parent['items'])) return undefined;
  const pairs: readonly unknown[] = parent['items'];
  const pair = pairs.find((item) => isRecord(item) && isRecord(item['key']) && item['key']['value'] === key);
  return isRecord(pair) ? rangeStart(pair['key']) : undefined;
}

const rangeStart = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

function place({ name, lines, number, several }: Source, offset: number | undefined): string {
  const line = offset === undefined ? '' : `:${lines.linePos(offset).line}`;
  return several ? `${name}${line} (document ${number})` : `${name}${line}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is { readonly items: readonly unknown[] } =>
  isRecord(value) && value['kind'] === 'List' && Array.isArray(value['items']);
