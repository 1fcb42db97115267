import type { JsonSchema } from './json-schema.ts';
import type { StructuralSchema } from './structural-schema.ts';

/**
 * How many levels of a Kubernetes model are spelled out; what lies deeper is kept as it comes and checked when a pod is
 * made of it. Spelled out everywhere, the two CRDs would not fit into the annotation of a client-side `kubectl apply`.
 */
const levels: Readonly<Record<string, number>> = {
  V1PodTemplateSpec: 1,
  V1Container: 1,
  V1Affinity: 2,
  V1EnvVar: 2,
  V1EnvFromSource: 2,
  V1Lifecycle: 1,
  V1Volume: 2,
};
const USUAL_LEVELS = 2;

/** Sources of volumes that are still worth spelling out; the others are drivers of the past, kept as they come. */
const spelledSources = /^V1(AzureFile|CSI|ConfigMap|DownwardAPI|EmptyDir|Ephemeral|HostPath|Image|NFS|PersistentVolumeClaim|Projected|Secret)VolumeSource$/;

/** Fields that are quantities: text in the client's models, number or text on the wire. */
const quantities: ReadonlySet<string> = new Set(['V1EmptyDirVolumeSource.sizeLimit']);

/** A model of the Kubernetes client, by class name; its fields carry the formats that TypeScript cannot express. */
export type CoreModels = Readonly<Record<string, CoreModel | undefined>>;

export interface CoreModel {
  readonly attributeTypeMap: readonly { readonly baseName: string; readonly format: string }[];
}

/** Turns definitions of the Kubernetes client's models into shallow structural schemas without their descriptions. */
export function coreSchemas(definitions: Readonly<Record<string, JsonSchema>>, models: CoreModels) {
  /** The schema of model `name`, of which `depth` levels are spelled out. */
  function model(name: string, depth = levels[name] ?? USUAL_LEVELS): StructuralSchema {
    const { properties = {}, required = [] } = definitions[name] ?? {};
    if (depth === 0 || isPastSource(name)) return openObject;
    const fields = Object.entries(properties).map(([field, schema]) => [field, property(name, field, schema, depth)]);
    return {
      type: 'object',
      properties: Object.fromEntries(fields) as Record<string, StructuralSchema>,
      ...(required.length === 0 ? {} : { required }),
    };
  }

  function property(owner: string, field: string, schema: JsonSchema, depth: number): StructuralSchema {
    if (quantities.has(`${owner}.${field}`)) return intOrString;
    const format = models[owner]?.attributeTypeMap.find(({ baseName }) => baseName === field)?.format;
    return part(schema, depth - 1, format);
  }

  function part(schema: JsonSchema, depth: number, format?: string): StructuralSchema {
    if (schema.$ref !== undefined) return reference(nameOf(schema.$ref), depth);
    if (schema.type === 'array') return { type: 'array', items: part(schema.items ?? {}, depth) };
    if (schema.type === 'number') return { type: 'integer', format: format === 'int64' ? 'int64' : 'int32' };
    if (schema.type === 'object') return mapOf(schema);
    return { type: String(schema.type) };
  }

  const reference = (name: string, depth: number): StructuralSchema =>
    name === 'IntOrString' ? intOrString : model(name, depth);

  return { model };
}

/** Whether a definition is one of the Kubernetes client's models. */
export const isCoreModel = (name: string): boolean => /^(Core)?V1[A-Z]|^IntOrString$/.test(name);

const isPastSource = (name: string): boolean => name.endsWith('VolumeSource') && !spelledSources.test(name);

/** The definition that a reference names. */
export const nameOf = (reference: string): string => decodeURIComponent(reference.replace('#/definitions/', ''));

const openObject: StructuralSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const intOrString: StructuralSchema = { 'x-kubernetes-int-or-string': true };

/** A map of texts, as labels are; any other map stays open. */
const mapOf = ({ additionalProperties }: JsonSchema): StructuralSchema =>
  typeof additionalProperties === 'object' && additionalProperties.type === 'string'
    ? { type: 'object', additionalProperties: { type: 'string' } }
    : openObject;
