import { createHash } from 'node:crypto';
import type { SparkApplicationSpec } from '../api/sparkapplication.ts';
import { specWithDefaults } from './defaulting.ts';

/**
 * Raise it whenever the same specification hashes to something else: another list below, another default. Hashes of
 * different versions are never compared, so an upgrade of the operator restarts nothing.
 */
export const SPEC_HASH_VERSION = 1;

/** Fields that an application under way can do without: editing them restarts nothing, the controller heeds them at once. */
export const fieldsWithoutRestart = [
  'suspend',
  'timeToLiveSeconds',
  'restartPolicy',
  'timeouts',
  // Decides how the next attempt is submitted, not what runs.
  'submission',
  'driverPodDisruptionBudget',
  // Without any effect, kept for kubeflow's manifests.
  'failureRetries',
  'retryInterval',
] as const satisfies readonly (keyof SparkApplicationSpec)[];

/**
 * Hash of the part of a specification that a run depends on, as 64 hexadecimal digits. The same with and without the
 * defaults written out, whatever the order of the keys, and with null or an empty value at the top for an unset field:
 * so neither a webhook that fills in defaults nor a client that re-orders a manifest restarts an application.
 */
export function specHash(spec: SparkApplicationSpec): string {
  const unhashed: ReadonlySet<string> = new Set(fieldsWithoutRestart);
  const relevant = Object.entries(specWithDefaults(spec)).filter(
    ([field, value]) => !unhashed.has(field) && saysSomething(value),
  );
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(relevant)))
    .digest('hex');
}

/** Only for fields at the top: deeper down an empty object can mean a lot (`emptyDir: {}`, a selector of everything). */
function saysSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** JSON with sorted keys, no blanks and no unset fields. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
