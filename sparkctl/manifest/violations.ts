import { SPARK_APPLICATION_KIND, SCHEDULED_SPARK_APPLICATION_KIND } from '../../api/group.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { withDefaults } from '../../spark/defaulting.ts';
import { validate } from '../../spark/validation/validate.ts';
import type { ManifestDocument, ManifestObject } from './parse-manifest.ts';

/**
 * What the operator would refuse in an object, one line each with file, line and field. Empty for other kinds, and for
 * a specification that has not even the shape of one: the API server then says what is wrong.
 */
export function violationsOf(document: ManifestDocument): readonly string[] {
  return problemsOf(document.object).map(({ field, message }) => `${document.where(field)}: ${field}: ${message}`);
}

interface Problem {
  readonly field: string;
  readonly message: string;
}

function problemsOf(object: ManifestObject): readonly Problem[] {
  const { spec } = object as { readonly spec?: unknown };
  if (object.kind === SPARK_APPLICATION_KIND) return problemsOfSpec(object, spec);
  if (object.kind !== SCHEDULED_SPARK_APPLICATION_KIND || !isRecord(spec)) return [];
  return problemsOfSpec(object, spec['template']).map(({ field, message }) => ({
    field: field.replace(/^spec\b/, 'spec.template'),
    message,
  }));
}

function problemsOfSpec(object: ManifestObject, spec: unknown): readonly Problem[] {
  if (!isRecord(spec)) return [{ field: 'spec', message: 'is missing' }];
  // Parse boundary: the rules read field by field; one that meets a value of another type throws, which the caller's API
  // server answers better.
  const app: unknown = { ...object, spec };
  try {
    return validate(withDefaults(app as SparkApplication));
  } catch (error) {
    if (error instanceof TypeError) return [];
    throw error;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
