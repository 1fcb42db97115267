import type { ConfigMap, EnvVar, Pod, Service, Volume, VolumeMount } from '../../api/kubernetes.ts';
import type { DriverFiles } from './driver-files.ts';
import type { ExecutorGolden } from './golden.ts';
import { omit } from '../../spark/mutation/omit.ts';

/** The objects of one submission, in whatever order. */
export interface SubmissionObjects {
  readonly pod: Pod;
  readonly others: readonly (Pod | Service | ConfigMap)[];
}

/** The same with every drawn name and every order without a meaning taken out. */
export interface NormalSubmission {
  readonly pod: unknown;
  /** By kind and name. */
  readonly others: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, string>>;
}

type Json = Readonly<Record<string, unknown>>;

const TEMPLATE_SUFFIX = '-driver-podspec-conf-map';

/** Brings what spark-submit sent and what we plan into one form. What it takes out is listed in README.md. */
export function normalise({ pod, others }: SubmissionObjects, namespace: string): NormalSubmission {
  const prefix =
    others.map(({ metadata }) => metadata?.name ?? '').find((name) => name.endsWith(TEMPLATE_SUFFIX)) ??
    TEMPLATE_SUFFIX;
  const rename = renamer(prefix.slice(0, -TEMPLATE_SUFFIX.length));
  const named = others.map((object) => withoutOwner(rename(object), namespace));
  return {
    pod: normalisePod(rename(pod), namespace),
    others: Object.fromEntries(
      named
        .map((object): [string, Json] => [`${String(object['kind'])} ${nameOf(object)}`, withoutTexts(object)])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    properties: propertiesOf(named),
  };
}

const nameOf = (object: Json): string => String((object['metadata'] as Json)['name']);

/** Replaces what is drawn by lot, in every text. */
function renamer(prefix: string) {
  return <T>(object: T): T =>
    // The text of an object read back is the object.
    JSON.parse(
      JSON.stringify(object)
        .replaceAll(prefix, 'PREFIX')
        .replaceAll(/spark-[0-9a-f]{16}-driver-svc/g, 'SHORT-driver-svc')
        .replaceAll(/spark-drv-[0-9a-f]{16}-conf-map/g, 'DRIVER-CONF-MAP')
        .replaceAll(/spark-[0-9a-f]{32}(?![0-9a-f])/g, 'APPLICATION-ID')
        .replaceAll(/\/var\/data\/spark-[0-9a-f-]{36}/g, '/LOCAL-DIR'),
    ) as T;
}

/** Who owns an object and how the operator labels it is our listed difference. */
function withoutOwner(object: Pod | Service | ConfigMap, namespace: string): Json {
  const { labels, ...metadata } = omit(object.metadata ?? {}, ['ownerReferences']);
  const sparkLabels = Object.entries(labels ?? {}).filter(([key]) => !key.startsWith('sparkoperator.k8s.io/'));
  return {
    ...(object as Json),
    metadata: {
      ...metadata,
      namespace,
      ...(sparkLabels.length > 0 ? { labels: Object.fromEntries(sparkLabels) } : {}),
    },
  };
}

/** The properties are compared as a map, the executors' template as an object. */
function withoutTexts(object: Json): Json {
  const data = object['data'];
  if (typeof data !== 'object' || data === null) return object;
  const { 'spark.properties': properties, 'podspec-configmap-key': template, ...rest } = data as Json;
  return {
    ...object,
    data: {
      ...rest,
      ...(properties === undefined ? {} : { 'spark.properties': 'PROPERTIES' }),
      ...(typeof template === 'string' ? { 'podspec-configmap-key': JSON.parse(template) as unknown } : {}),
    },
  };
}

/** They name a file of the submitter; our driver template is in the application itself. */
const templateKeys = ['spark.kubernetes.driver.podTemplateFile', 'spark.kubernetes.driver.podTemplateContainerName'];

function propertiesOf(objects: readonly Json[]): Record<string, string> {
  const texts = objects.map(({ data }) => (data as Json | undefined)?.['spark.properties']);
  return normalProperties(texts.find((found) => typeof found === 'string') ?? '');
}

function normalProperties(text: string): Record<string, string> {
  const entries = parseProperties(text);
  return Object.fromEntries(
    [
      ...entries.filter(([key]) => !templateKeys.includes(key)),
      ['spark.app.submitTime', 'TIME'] as const,
      ['spark.master', 'MASTER'] as const,
    ].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What a driver makes executors of, without drawn names and times. */
export const normaliseFiles = ({ properties, template }: DriverFiles): ExecutorGolden['files'] => ({
  properties: Object.fromEntries(
    Object.entries(normalProperties(properties)).map(([key, value]) => [
      key,
      value.replace(/^pi-[0-9a-f]{16}-/, 'PREFIX-').replace(/^spark-[0-9a-f]{32}$/, 'APPLICATION-ID'),
    ]),
  ),
  template: JSON.parse(template),
});

/** An executor without drawn names. */
export const normaliseExecutor = (pod: Pod): unknown =>
  JSON.parse(
    JSON.stringify(pod)
      .replaceAll(/pi-[0-9a-f]{16}-/g, 'PREFIX-')
      .replaceAll(/spark-exec-[0-9a-f]{16}-conf-map/g, 'EXECUTOR-CONF-MAP')
      .replaceAll(/spark-[0-9a-f]{32}(?![0-9a-f])/g, 'APPLICATION-ID')
      .replaceAll(/\/var\/data\/spark-[0-9a-f-]{36}/g, '/LOCAL-DIR'),
  );

/** Reads a properties file as java.util.Properties writes it. */
export const parseProperties = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, key = '', value = ''] = /^((?:\\.|[^=\\])*)=(.*)$/s.exec(line) ?? [];
      return [unescape(key), unescape(value)];
    });

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };
const unescape = (text: string): string => text.replaceAll(/\\(.)/gs, (_all, sign: string) => controls[sign] ?? sign);

/** The pod's part of {@link normalise}; doing it twice changes nothing. */
export function normalisePod(pod: Pod, namespace: string): unknown {
  const containers = pod.spec?.containers ?? [];
  const mounts = containers.flatMap(({ volumeMounts }) => volumeMounts ?? []);
  const local = localNames(mounts);
  return {
    ...pod,
    metadata: { ...pod.metadata, namespace },
    spec: {
      ...pod.spec,
      volumes: byName((pod.spec?.volumes ?? []).map((volume) => renamed(withoutNothing(volume), local))),
      containers: containers.map((container) => ({
        ...container,
        env: normalEnv(container.env ?? []),
        volumeMounts: byName((container.volumeMounts ?? []).map((mount) => renamed(withoutNothing(mount), local))),
      })),
    },
  };
}

/** Newer versions shuffle the scratch folders: numbered by path they are the same. */
function localNames(mounts: readonly VolumeMount[]): ReadonlyMap<string, string> {
  const scratch = mounts.filter(({ name }) => name.startsWith('spark-local-dir-'));
  const sorted = scratch.toSorted((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  return new Map(sorted.map(({ name }, index) => [name, `spark-local-dir-${index + 1}`]));
}

const renamed = <T extends { readonly name: string }>(item: T, names: ReadonlyMap<string, string>): T => ({
  ...item,
  name: names.get(item.name) ?? item.name,
});

const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Fields that Spark writes although they say nothing. */
const says = (value: unknown): boolean => value !== false && value !== '';

function withoutNothing<T extends Volume | VolumeMount>(item: T): T {
  const cleaned = Object.entries(item)
    .filter(([, value]) => says(value))
    .map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).filter(([, inner]) => says(inner)))
        : value,
    ]);
  // Only fields without a meaning were taken away.
  return Object.fromEntries(cleaned) as T;
}

const sparkEnv = /^(SPARK_|PYSPARK_|HADOOP_)/;

/** Spark shuffles variables of one kind among themselves; the order of the kinds has a meaning and stays. */
function normalEnv(env: readonly EnvVar[]): EnvVar[] {
  const kindOf = ({ name, valueFrom }: EnvVar): string =>
    valueFrom?.secretKeyRef !== undefined
      ? 'secret'
      : sparkEnv.test(name) && name !== 'HADOOP_TOKEN_FILE_LOCATION'
        ? name
        : 'user';
  const runs: EnvVar[][] = [];
  for (const item of env) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && kindOf(last[0]) === kindOf(item)) last.push(item);
    else runs.push([item]);
  }
  return runs.flatMap((run) => byName(run)).map(sortedDirectories);
}

const sortedDirectories = (item: EnvVar): EnvVar =>
  item.name === 'SPARK_LOCAL_DIRS' ? { ...item, value: (item.value ?? '').split(',').sort().join(',') } : item;
