import type { JsonSchema } from './json-schema.ts';
import type { StructuralSchema } from './structural-schema.ts';

/**
 * How many levels of a Kubernetes model are spelled out; what lies deeper is kept as it comes and checked when a pod is
 * made of it. Spelled out everywhere, the CRDs would not fit into the annotation of a client-side `kubectl apply`.
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

/** How much of a model is spelled out: some levels of it, or the fields of its top that are no objects (outline). */
export type Detail = 'levels' | 'outline';

/** Turns definitions of the Kubernetes client's models into shallow structural schemas without their descriptions. */
export function coreSchemas(definitions: Readonly<Record<string, JsonSchema>>, models: CoreModels, detail: Detail) {
  const depthOf = (name: string): number => (detail === 'outline' ? 1 : (levels[name] ?? USUAL_LEVELS));

  /** The schema of model `name`, of which `depth` levels are spelled out. */
  function model(name: string, depth = depthOf(name)): StructuralSchema {
    const { required = [] } = definitions[name] ?? {};
    if (depth === 0 || isPastSource(name)) return openObject;
    const fields = fieldsOf(name, depth);
    const named = detail === 'outline' ? fields.filter(([, schema]) => !isOpen(schema)) : fields;
    return {
      ...(named.length === fields.length ? { type: 'object' } : openObject),
      ...(named.length === 0 ? {} : { properties: Object.fromEntries(named) }),
      ...(required.length === 0 ? {} : { required }),
    };
  }

  const fieldsOf = (name: string, depth: number): readonly (readonly [string, StructuralSchema])[] =>
    Object.entries(definitions[name]?.properties ?? {}).map(([field, schema]) => [
      field,
      property(name, field, schema, depth),
    ]);

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
const isOpen = (schema: StructuralSchema): boolean => schema['x-kubernetes-preserve-unknown-fields'] === true;
const intOrString: StructuralSchema = { 'x-kubernetes-int-or-string': true };

/** A map of texts, as labels are; any other map stays open. */
const mapOf = ({ additionalProperties }: JsonSchema): StructuralSchema =>
  typeof additionalProperties === 'object' && additionalProperties.type === 'string'
    ? { type: 'object', additionalProperties: { type: 'string' } }
    : openObject;
