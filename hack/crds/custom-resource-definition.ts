import {
  GROUP,
  SCHEDULED_SPARK_APPLICATION_KIND,
  SPARK_APPLICATION_KIND,
  SPARK_POD_DEFAULTS_KIND,
  VERSION,
  VERSION_ALPHA,
} from '../../api/group.ts';
import type { Detail } from './core-schema.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** One column of `kubectl get`. Columns of priority 1 are shown by `-o wide` only. */
interface Column {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'date' | 'integer';
  readonly jsonPath: string;
  readonly priority?: 1;
}

interface Kind {
  readonly kind: string;
  readonly version: string;
  readonly shortName: string;
  /** How much of the parts that are Kubernetes' own is spelled out. Unset: some levels. */
  readonly detail?: Detail;
  readonly columns: readonly Column[];
}

const age: Column = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** The kinds we serve. Short names and columns of the kinds that kubeflow has are kubeflow's; the wide columns are ours. */
export const kinds: readonly Kind[] = [
  {
    kind: SPARK_APPLICATION_KIND,
    version: VERSION,
    shortName: 'sparkapp',
    columns: [
      { name: 'Suspend', type: 'boolean', jsonPath: '.spec.suspend' },
      { name: 'Status', type: 'string', jsonPath: '.status.applicationState.state' },
      { name: 'Attempts', type: 'string', jsonPath: '.status.executionAttempts' },
      { name: 'Start', type: 'string', jsonPath: '.status.lastSubmissionAttemptTime' },
      { name: 'Finish', type: 'string', jsonPath: '.status.terminationTime' },
      age,
      { name: 'Executors', type: 'integer', jsonPath: '.status.executors.running', priority: 1 },
      { name: 'Reason', type: 'string', jsonPath: '.status.applicationState.reason', priority: 1 },
    ],
  },
  {
    kind: SCHEDULED_SPARK_APPLICATION_KIND,
    version: VERSION,
    shortName: 'scheduledsparkapp',
    columns: [
      { name: 'Schedule', type: 'string', jsonPath: '.spec.schedule' },
      { name: 'TimeZone', type: 'string', jsonPath: '.spec.timeZone' },
      { name: 'Suspend', type: 'string', jsonPath: '.spec.suspend' },
      { name: 'Last Run', type: 'date', jsonPath: '.status.lastRun' },
      { name: 'Last Run Name', type: 'string', jsonPath: '.status.lastRunName' },
      age,
      { name: 'Next Run', type: 'string', jsonPath: '.status.nextRun', priority: 1 },
    ],
  },
  {
    kind: SPARK_POD_DEFAULTS_KIND,
    version: VERSION_ALPHA,
    shortName: 'spd',
    detail: 'outline',
    columns: [
      { name: 'Role', type: 'string', jsonPath: '.spec.role' },
      { name: 'Propagate', type: 'boolean', jsonPath: '.spec.propagate' },
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
      age,
      { name: 'Message', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].message', priority: 1 },
    ],
  },
];

/** Plural of a kind in lower case, as it stands in URLs. SparkPodDefaults is one already. */
export const pluralOf = (kind: string): string => (kind.endsWith('s') ? kind.toLowerCase() : `${kind.toLowerCase()}s`);

/** The CustomResourceDefinition of a kind, from the schema of its type. */
export function customResourceDefinition({ kind, version, shortName, columns }: Kind, schema: StructuralSchema): object {
  const plural = pluralOf(kind);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${GROUP}`,
      // Groups under k8s.io need an approval; it was given to these kinds where they were first defined.
      annotations: { 'api-approved.kubernetes.io': 'https://github.com/kubeflow/spark-operator/pull/1298' },
    },
    spec: {
      group: GROUP,
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase(), shortNames: [shortName] },
      scope: 'Namespaced',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: rootOf(schema) },
        },
      ],
    },
  };
}

/** The API server describes apiVersion, kind and metadata itself; the status takes whatever was written before us. */
function rootOf({ properties = {}, ...schema }: StructuralSchema): StructuralSchema {
  const { spec, status } = properties;
  if (spec === undefined || status === undefined) throw new Error('A kind needs spec and status');
  return {
    ...schema,
    required: ['spec'],
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: withBriefTemplate(spec),
      status: unchecked(status),
    },
  };
}

/** The template of a schedule is described at SparkApplication: once is enough for two files in one annotation's size. */
function withBriefTemplate(spec: StructuralSchema): StructuralSchema {
  const template = spec.properties?.['template'];
  if (template === undefined) return spec;
  const { description = '' } = template;
  const brief = { ...undescribed(template), description: `${description} See kubectl explain sparkapplication.spec.` };
  return { ...spec, properties: { ...spec.properties, template: brief } };
}

/**
 * A status schema that refuses no status: no enumerations, no ranges, nothing required. A status that another operator
 * or another version wrote must never make an object unwritable.
 */
function unchecked(schema: StructuralSchema): StructuralSchema {
  const open = walk(without(schema, ['enum', 'required', 'minimum', 'maximum']), unchecked);
  const { items, 'x-kubernetes-list-map-keys': required } = open;
  // The API server wants the keys of a list that is merged by key to be required.
  return items === undefined || required === undefined ? open : { ...open, items: { ...items, required } };
}

/** Without descriptions below the top: for a part that another kind describes. */
const undescribed = (schema: StructuralSchema): StructuralSchema => walk(without(schema, ['description']), undescribed);

/** A schema with each schema directly in it changed. */
function walk(schema: StructuralSchema, change: (part: StructuralSchema) => StructuralSchema): StructuralSchema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: mapValues(properties, change) }),
    ...(items === undefined ? {} : { items: change(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: change(additionalProperties) }),
  };
}

const without = (schema: StructuralSchema, keywords: readonly (keyof StructuralSchema)[]): StructuralSchema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.some((other) => other === keyword)));

const mapValues = <In, Out>(map: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
