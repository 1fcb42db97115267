import { parseQuantity } from '../../api/quantity.ts';
import { nearestName } from './nearest-name.ts';
import { podModels } from './pod-models.ts';
import type { Finding } from './violation.ts';

/** What is wrong with the shape of a part: keys that no such object has, and values that the API server cannot read. */
export interface OpenPartFindings {
  readonly unknown: readonly Finding[];
  readonly wrong: readonly Finding[];
}

/** A type that a pod is made of, such as Affinity, or a list of it. */
export type PodPartType = keyof typeof podModels | `${keyof typeof podModels}[]`;

/** More than any pod has. What comes after may compare each item with each. */
const MAX_ITEMS = 1000;

/** More than a person reads; a hostile object must not make an answer of megabytes. */
const MAX_FINDINGS = 50;

/**
 * Compares a value as it came over the wire with a type of Kubernetes. Only own keys that the type has are followed, so the
 * depth is that of the type, and the time grows with the size of the value. `null` counts as not said, as it does for the API server.
 */
export function checkPodParts(value: unknown, type: PodPartType, path: string): OpenPartFindings {
  const found: Found = { unknown: [], wrong: [] };
  checkValue(value, type, path, found);
  return found;
}

interface Found {
  readonly unknown: Finding[];
  readonly wrong: Finding[];
}

interface Field {
  readonly type: string;
  readonly required: boolean;
}

/** The table of the types, read once. Maps, because a key may be `__proto__`. */
const models: ReadonlyMap<string, ReadonlyMap<string, Field>> = new Map(
  Object.entries(podModels).map(([model, text]) => [model, new Map(text.split(' ').map(fieldOf))]),
);

function fieldOf(text: string): [string, Field] {
  const [name = '', type = ''] = text.split(':');
  return name.endsWith('!') ? [name.slice(0, -1), { type, required: true }] : [name, { type, required: false }];
}

function checkValue(value: unknown, type: string, path: string, found: Found): void {
  if (value === undefined || value === null || isFull(found)) return;
  if (type.endsWith('[]')) checkList(value, type.slice(0, -2), path, found);
  else if (type.endsWith('{}')) checkMap(value, type.slice(0, -2), path, found);
  else if (models.has(type)) checkModel(value, type, path, found);
  else checkScalar(value, type, path, found);
}

const isFull = ({ unknown, wrong }: Found): boolean => unknown.length + wrong.length >= MAX_FINDINGS;

function checkList(value: unknown, type: string, path: string, found: Found): void {
  if (!Array.isArray(value)) {
    found.wrong.push({ field: path, message: `must be a list, not ${nameOf(value)}: begin each item with a dash` });
    return;
  }
  if (value.length > MAX_ITEMS) {
    found.wrong.push({ field: path, message: `has ${value.length} items: ${MAX_ITEMS} at most are possible` });
    return;
  }
  const isModel = models.has(type);
  value.forEach((item: unknown, index) => {
    if (isModel && item === null && !isFull(found))
      found.wrong.push({ field: `${path}[${index}]`, message: 'is empty: fill it in or remove it' });
    checkValue(item, type, `${path}[${index}]`, found);
  });
}

function checkMap(value: unknown, type: string, path: string, found: Found): void {
  if (!isObject(value)) {
    found.wrong.push({ field: path, message: `must be a map of ${words[type] ?? type}s, not ${nameOf(value)}` });
    return;
  }
  for (const key of Object.keys(value)) checkValue(value[key], type, `${path}["${key}"]`, found);
}

function checkModel(value: unknown, type: string, path: string, found: Found): void {
  if (!isObject(value)) {
    found.wrong.push({ field: path, message: `must be an object, not ${nameOf(value)}` });
    return;
  }
  const fields = models.get(type) ?? new Map<string, Field>();
  for (const key of Object.keys(value)) {
    const field = fields.get(key);
    if (field === undefined) reportUnknown(key, fields, path, found);
    else checkValue(value[key], field.type, `${path}.${key}`, found);
  }
  for (const [name, { required }] of fields)
    if (required && !isSaid(value, name) && !isFull(found))
      found.wrong.push({ field: `${path}.${name}`, message: 'is missing: the API server refuses a pod without it' });
}

const isSaid = (value: Fields, name: string): boolean =>
  Object.hasOwn(value, name) && value[name] !== undefined && value[name] !== null;

function reportUnknown(key: string, fields: ReadonlyMap<string, Field>, path: string, found: Found): void {
  if (isFull(found)) return;
  const meant = nearestName(key, fields.keys());
  found.unknown.push({
    field: `${path}.${key.slice(0, MAX_SHOWN)}`,
    message: meant === undefined ? 'unknown field: check its name and place' : `unknown field: did you mean ${meant}?`,
  });
}

const MAX_SHOWN = 64;

function checkScalar(value: unknown, type: string, path: string, found: Found): void {
  if (scalars[type]?.(value) ?? true) return;
  const hint = typeof value === 'number' || typeof value === 'boolean' ? quotes(type) : '';
  found.wrong.push({ field: path, message: `must be ${words[type] ?? type}, not ${shown(value)}${hint}` });
}

/** YAML reads a bare 4 or true as a number or a truth value. */
const quotes = (type: string): string => (type === 'string' ? ': put it in quotes' : '');

const isWhole = (value: unknown, limit: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= limit;

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  int32: (value) => isWhole(value, 2 ** 31 - 1),
  int64: (value) => isWhole(value, 2 ** 63),
  intOrString: (value) => typeof value === 'string' || isWhole(value, 2 ** 31 - 1),
  quantity: (value) =>
    typeof value === 'number' ||
    (typeof value === 'string' && value.length <= MAX_SHOWN && parseQuantity(value) !== undefined),
  time: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
};

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  int32: 'a whole number',
  int64: 'a whole number',
  intOrString: 'a whole number or a text',
  quantity: 'a quantity such as 500m or 2Gi',
  time: 'a moment such as 2026-01-31T08:00:00Z',
};

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string =>
  typeof value === 'string' ? `"${value.slice(0, MAX_SHOWN)}"` : isPlain(value) ? String(value) : nameOf(value);

const isPlain = (value: unknown): value is number | boolean => typeof value === 'number' || typeof value === 'boolean';

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}
