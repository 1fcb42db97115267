import type { Container, EnvFromSource, EnvVar, Volume } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { placed, type AccessPod, type Placed } from './access-pods.ts';
import type { AccessNeed } from './access-need.ts';

/** A Secret that the pods would read. */
interface SecretUse {
  readonly name: string;
  readonly field: string;
}

/**
 * Secrets that an application mounts or reads into variables: whoever could read them himself may have it done. Registry
 * Secrets are not asked for, as the kubelet reads them and no container; ConfigMaps neither, as they are no place for secrets.
 */
export const secretNeeds = ({ spec }: SparkApplication, pods: readonly AccessPod[]): readonly AccessNeed[] =>
  [...pods.flatMap(usesOf), ...usesOfConf(spec.sparkConf ?? {})]
    .filter(({ name }) => name !== '')
    .map(({ name, field }) => ({
      verb: 'get',
      group: '',
      resource: 'secrets',
      name,
      field,
      why: `the application reads Secret "${name}"`,
    }));

const usesOf = ({ path, fields, containers, volumes }: AccessPod): readonly SecretUse[] => [
  ...volumes.flatMap(volumeUses),
  ...placed(`${path}.secrets`, fields.secrets).map(({ field, value }) => ({
    name: value.name,
    field: `${field}.name`,
  })),
  ...Object.entries(fields.envSecretKeyRefs ?? {}).map(([env, { name }]) => ({
    name,
    field: `${path}.envSecretKeyRefs["${env}"].name`,
  })),
  ...envUses(path, fields),
  ...containers.flatMap(({ field, value }: Placed<Container>) => envUses(field, value)),
];

interface Variables {
  readonly env?: readonly EnvVar[] | null;
  readonly envFrom?: readonly EnvFromSource[] | null;
}

const envUses = (path: string, { env, envFrom }: Variables): readonly SecretUse[] => [
  ...placed(`${path}.env`, env).flatMap(({ field, value }) => {
    const name = value.valueFrom?.secretKeyRef?.name;
    return name === undefined ? [] : [{ name, field: `${field}.valueFrom.secretKeyRef.name` }];
  }),
  ...placed(`${path}.envFrom`, envFrom).flatMap(({ field, value }) => {
    const name = value.secretRef?.name;
    return name === undefined ? [] : [{ name, field: `${field}.secretRef.name` }];
  }),
];

/** Where the kinds of volumes name a Secret, in any depth that the type has. */
const secretFields: readonly string[] = ['secretName', 'secretRef', 'nodePublishSecretRef'];

/** Old kinds of volumes name Secrets in places of their own, so that all sources are gone through. */
function volumeUses({ field, value }: Placed<Volume>): readonly SecretUse[] {
  const projected = placed(`${field}.projected.sources`, value.projected?.sources).flatMap(
    ({ field: at, value: source }) =>
      source.secret?.name === undefined ? [] : [{ name: source.secret.name, field: `${at}.secret.name` }],
  );
  const named = Object.entries(value).flatMap(([kind, source]: [string, unknown]) =>
    secretFields.flatMap((key) => {
      const name = nameIn(source, key);
      return name === undefined ? [] : [{ name, field: `${field}.${kind}.${key}` }];
    }),
  );
  return [...projected, ...named];
}

/** The name of a Secret in a source of a volume, as text or as a reference. */
function nameIn(source: unknown, key: string): string | undefined {
  const value = fieldOf(source, key);
  const name = typeof value === 'string' ? value : fieldOf(value, 'name');
  return typeof name === 'string' ? name : undefined;
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

const mounted = /^spark\.kubernetes\.(?:driver|executor)\.secrets\.(.+)$/;
const inVariable = /^spark\.kubernetes\.(?:driver|executor)\.secretKeyRef\./;
const TOKEN_SECRET_KEY = 'spark.kubernetes.kerberos.tokenSecret.name';

/** Secrets by property: mounted, as variables, and Hadoop's tokens. */
const usesOfConf = (conf: Readonly<Record<string, string>>): readonly SecretUse[] =>
  Object.entries(conf).flatMap(([key, value]) => {
    const name = mounted.exec(key)?.[1] ?? (inVariable.test(key) ? value.split(':')[0] : undefined);
    const used = name ?? (key === TOKEN_SECRET_KEY ? value : undefined);
    return used === undefined ? [] : [{ name: used, field: `spec.sparkConf["${key}"]` }];
  });
