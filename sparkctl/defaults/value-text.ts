/** Keys whose values Spark itself hides in its UI and logs (`spark.redaction.regex`), and the access keys of S3. */
const CONFIDENTIAL = /secret|password|token|access[._-]?key|credential|passphrase/i;

/** Fields that name a Secret, but are none. */
const REFERENCES: ReadonlySet<string> = new Set(['secretName', 'automountServiceAccountToken', 'serviceAccountToken']);

const HIDDEN = '(hidden)';
const MAX_SHOWN = 100;

/**
 * The value of an entry of SparkPodDefaults on one line. Of values that come from Secrets only the name of the Secret is
 * known here; one that was written in clear under a telling key is not repeated.
 * @param key what names the value: of a property, an environment variable, a label
 */
export function valueText(key: string, value: unknown): string {
  if (typeof value === 'string') return isConfidential(key) ? HIDDEN : shortened(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return shortened(environment(value) ?? mounted(value) ?? compact(value));
}

const isConfidential = (key: string): boolean => CONFIDENTIAL.test(key) && !REFERENCES.has(key);

/** An EnvVar: its literal value, or where it comes from. */
function environment(value: object): string | undefined {
  if (!('name' in value) || typeof value.name !== 'string') return undefined;
  if ('value' in value) return valueText(value.name, value.value);
  const { valueFrom } = value as { readonly valueFrom?: unknown };
  return typeof valueFrom === 'object' && valueFrom !== null ? sourceText(valueFrom) : undefined;
}

/** What an EnvVarSource refers to. Parse boundary: the API server guarantees the shape. */
function sourceText(source: object): string {
  const { secretKeyRef, configMapKeyRef } = source as Readonly<Record<string, KeyRef | undefined>>;
  if (secretKeyRef !== undefined) return `Secret ${secretKeyRef.name}, key ${secretKeyRef.key}`;
  if (configMapKeyRef !== undefined) return `ConfigMap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`;
  return compact(source);
}

interface KeyRef {
  readonly name: string;
  readonly key: string;
}

/** A mount with its volume: the volume is what matters. */
const mounted = (value: object): string | undefined => ('volume' in value ? compact(value.volume) : undefined);

const compact = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => (typeof inner === 'string' && isConfidential(key) ? HIDDEN : inner));

const shortened = (text: string): string => (text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`);
