import type { EnvFromSource, EnvVar, Volume } from '../../api/kubernetes.ts';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';

/** A Secret or ConfigMap that pods with these defaults read in their own namespace. */
export interface NamedObject {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
}

/** `Secret/name`: the identity of an object within its namespace. */
export const objectId = ({ kind, name }: NamedObject): string => `${kind}/${name}`;

/** Every Secret and ConfigMap that defaults name, each once, sorted. An empty or missing name names nothing. */
export function namedObjects(spec: SparkPodDefaultsSpec): readonly NamedObject[] {
  const named = [
    ...(spec.secrets ?? []).map(({ name }) => secret(name)),
    ...(spec.configMaps ?? []).map(({ name }) => configMap(name)),
    ...(spec.imagePullSecrets ?? []).map(secret),
    ...(spec.env ?? []).flatMap(ofVariable),
    ...(spec.envFrom ?? []).flatMap(ofSource),
    ...(spec.volumes ?? []).flatMap(ofVolume),
  ];
  const byId = new Map(named.filter(({ name }) => name !== '').map((object) => [objectId(object), object]));
  return [...byId.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

const secret = (name = ''): NamedObject => ({ kind: 'Secret', name });
const configMap = (name = ''): NamedObject => ({ kind: 'ConfigMap', name });

function ofVariable({ valueFrom }: EnvVar): readonly NamedObject[] {
  return [secret(valueFrom?.secretKeyRef?.name), configMap(valueFrom?.configMapKeyRef?.name)];
}

function ofSource({ secretRef, configMapRef }: EnvFromSource): readonly NamedObject[] {
  return [secret(secretRef?.name), configMap(configMapRef?.name)];
}

function ofVolume(volume: Volume): readonly NamedObject[] {
  const { secret: secretVolume, configMap: configMapVolume, projected, csi } = volume;
  return [
    secret(secretVolume?.secretName),
    configMap(configMapVolume?.name),
    secret(csi?.nodePublishSecretRef?.name),
    ...(projected?.sources ?? []).flatMap((source) => [secret(source.secret?.name), configMap(source.configMap?.name)]),
  ];
}
