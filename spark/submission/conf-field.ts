import type { SparkApplication } from '../../api/sparkapplication.ts';

/** Keys that typed fields of a role become, and the fields. */
const roleFields = (role: 'driver' | 'executor'): Readonly<Record<string, string>> => ({
  [`spark.${role}.memory`]: `spec.${role}.memory`,
  [`spark.${role}.memoryOverhead`]: `spec.${role}.memoryOverhead`,
  [`spark.${role}.cores`]: `spec.${role}.cores`,
  [`spark.kubernetes.${role}.request.cores`]: `spec.${role}.coreRequest`,
  [`spark.kubernetes.${role}.limit.cores`]: `spec.${role}.coreLimit`,
  [`spark.kubernetes.${role}.container.image`]: `spec.${role}.image`,
});

const fields: Readonly<Record<string, string>> = {
  ...roleFields('driver'),
  ...roleFields('executor'),
  'spark.executor.instances': 'spec.executor.instances',
  'spark.kubernetes.container.image': 'spec.image',
  'spark.kubernetes.container.image.pullPolicy': 'spec.imagePullPolicy',
  'spark.kubernetes.memoryOverheadFactor': 'spec.memoryOverheadFactor',
  'spark.kubernetes.pyspark.pythonVersion': 'spec.pythonVersion',
  'spark.jars': 'spec.deps.jars',
  'spark.files': 'spec.deps.files',
  'spark.archives': 'spec.deps.archives',
  'spark.submit.pyFiles': 'spec.deps.pyFiles',
};

/** The field to name in a message about a property: where the user wrote it, the typed field when it has one. */
export function confField({ spec }: SparkApplication, key: string): string {
  const written = spec.sparkConf?.[key] !== undefined;
  const typed = fields[key];
  return typed === undefined || written ? `spec.sparkConf["${key}"]` : typed;
}
