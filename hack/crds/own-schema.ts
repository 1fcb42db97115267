import { coreSchemas, isCoreModel, nameOf, type CoreModels, type Detail } from './core-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { rulesOf } from './rules.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** Lists with a key of their own, by definition and field: server-side apply merges them item by item. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  'SparkApplicationStatus.conditions': ['type'],
  'SparkPodDefaultsStatus.conditions': ['type'],
  'SparkPodDefaultsSpec.volumes': ['name'],
  'SparkPodDefaultsSpec.volumeMounts': ['mountPath'],
  'SparkPodDefaultsSpec.configMaps': ['path'],
  'SparkPodDefaultsSpec.secrets': ['path'],
  'SparkPodDefaultsSpec.env': ['name'],
};

/** Keywords that are the same in JSON Schema and in a structural schema. */
const sharedKeywords = ['format', 'default', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern'] as const;

type Definitions = Readonly<Record<string, JsonSchema>>;

/** The structural schema of a type of `api/` by name: references inlined, rules of validation attached. */
export function ownSchema(
  name: string,
  definitions: Definitions,
  models: CoreModels,
  detail: Detail = 'levels',
): StructuralSchema {
  const core = coreSchemas(definitions, models, detail);
  const define = (type: string): StructuralSchema => {
    const schema = definitions[type];
    if (schema === undefined) throw new Error(`Type ${type} is not among the definitions read from api/`);
    return isCoreModel(type) ? core.model(type) : convert(schema, type, define);
  };
  return define(name);
}

type Define = (type: string) => StructuralSchema;

/** `place` names the definition and field for the tables of rules, such as DriverSpec.memory. */
function convert(schema: JsonSchema, place: string, define: Define): StructuralSchema {
  const { base, nullable } = withoutNull(schema);
  return {
    ...shape(base, place, define),
    ...shared(base),
    ...shared(schema),
    ...(schema.description === undefined ? {} : { description: schema.description }),
    ...(nullable ? { nullable } : {}),
    ...rulesOf(place),
  };
}

function shape(schema: JsonSchema, place: string, define: Define): StructuralSchema {
  if (schema.$ref !== undefined) return define(nameOf(schema.$ref));
  if (schema.type === 'array') return list(schema, place, define);
  if (schema.type === 'object') return object(schema, place, define);
  if (Array.isArray(schema.type)) return { 'x-kubernetes-int-or-string': true };
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return { type: String(schema.type), ...(values === undefined ? {} : { enum: values }) };
}

/** A list is replaced as a whole (the API server's default) unless its items have a key. */
function list(schema: JsonSchema, place: string, define: Define): StructuralSchema {
  const keys = listKeys[place];
  return {
    type: 'array',
    items: convert(schema.items ?? {}, `${place}[]`, define),
    ...(keys === undefined ? {} : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys }),
  };
}

function object(schema: JsonSchema, place: string, define: Define): StructuralSchema {
  const { properties = {}, additionalProperties, required } = schema;
  if (typeof additionalProperties === 'object') {
    return { type: 'object', additionalProperties: convert(additionalProperties, `${place}{}`, define) };
  }
  const fields = Object.entries(properties).map(([name, field]) => [name, convert(field, `${place}.${name}`, define)]);
  return {
    type: 'object',
    properties: Object.fromEntries(fields) as Record<string, StructuralSchema>,
    ...(required === undefined ? {} : { required }),
  };
}

/** `T | null` as T with a mark. */
function withoutNull(schema: JsonSchema): { base: JsonSchema; nullable: boolean } {
  const others = schema.anyOf?.filter(({ type }) => type !== 'null');
  const base = others?.length === 1 ? others[0] : undefined;
  return base === undefined ? { base: schema, nullable: false } : { base, nullable: true };
}

const shared = (schema: JsonSchema): StructuralSchema =>
  Object.fromEntries(sharedKeywords.filter((keyword) => keyword in schema).map((keyword) => [keyword, schema[keyword]]));
