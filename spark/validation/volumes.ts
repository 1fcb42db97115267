import type { Container, Volume } from '../../api/kubernetes.ts';
import type { SparkApplicationSpec, SparkPodSpec } from '../../api/sparkapplication.ts';
import { repeated, rolePods, when, type Check } from './check.ts';

/** Volumes with this prefix become Spark's scratch space, through Spark properties that know four kinds of volumes. */
const LOCAL_DIR_PREFIX = 'spark-local-dir-';
const localDirSources = [
  'emptyDir',
  'hostPath',
  'nfs',
  'persistentVolumeClaim',
] as const satisfies readonly (keyof Volume)[];

/** Names that Spark, the operator or a cluster's own webhooks give to volumes: they are there although nobody lists them. */
const addedByOthers = /^(spark-|hadoop-|kube-api-access)|-(vol|volume)$/;

/** Two volumes of one name. */
export const volumeTwice: Check = ({ spec: { volumes = [] } }) =>
  repeated(volumes.map(({ name }) => name)).map((name) => ({
    field: 'spec.volumes',
    message: `has two volumes with the name "${name}": give each a name of its own`,
  }));

/** A mount of a volume that is nowhere. */
export const volumeMountWithoutVolume: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ role, path, pod }) => {
    const known = volumeNames(spec, role, pod);
    return (pod.volumeMounts ?? []).flatMap(({ name }, index) =>
      when(
        !known.has(name),
        `${path}.volumeMounts[${index}].name`,
        `there is no volume "${name}": add it to spec.volumes`,
      ),
    );
  });

/** The same for containers beside Spark's. */
export const sidecarMountWithoutVolume: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ role, path, pod }) => {
    const known = volumeNames(spec, role, pod);
    return (['sidecars', 'initContainers'] as const).flatMap((list) =>
      (pod[list] ?? []).flatMap((container, index) =>
        mountsOf(container).flatMap((name, mount) =>
          when(
            !known.has(name) && !addedByOthers.test(name),
            `${path}.${list}[${index}].volumeMounts[${mount}].name`,
            `there is no volume "${name}": add it to spec.volumes`,
          ),
        ),
      ),
    );
  });

/** Scratch space from a source that Spark's properties cannot express. */
export const localDirSourceUnsupported: Check = ({ spec: { volumes = [] } }) =>
  volumes.flatMap((volume, index) =>
    when(
      volume.name.startsWith(LOCAL_DIR_PREFIX) && !localDirSources.some((source) => volume[source] !== undefined),
      `spec.volumes[${index}]`,
      `"${volume.name}" is scratch space of Spark, which can be ${localDirSources.join(', ')}: use one of these or another name`,
    ),
  );

/** Two containers of one name. */
export const containerTwice: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod: { sidecars = [], initContainers = [] } }) =>
    repeated([...sidecars, ...initContainers].map(({ name }) => name)).map((name) => ({
      field: `${path}.sidecars`,
      message: `two containers have the name "${name}": sidecars and initContainers share one set of names`,
    })),
  );

/** A folder that Kubernetes cannot mount at. */
export const mountPathInvalid: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod }) =>
    (['configMaps', 'secrets'] as const).flatMap((list) =>
      (pod[list] ?? []).flatMap(({ path: folder }, index) =>
        when(
          !folder.startsWith('/') || folder.includes(':'),
          `${path}.${list}[${index}].path`,
          `"${folder}" is not an absolute path: write the folder to mount at, such as /etc/config`,
        ),
      ),
    ),
  );

/** What lies in a container comes as it was written: null for a list that is not said. */
const mountsOf = ({ volumeMounts }: Container): readonly string[] => (volumeMounts ?? []).map(({ name }) => name);

/** Volumes of the application, of the role's template, and of Spark properties (`spark.kubernetes.driver.volumes.<type>.<name>.`). */
function volumeNames(spec: SparkApplicationSpec, role: string, pod: SparkPodSpec): ReadonlySet<string> {
  const inConf = Object.keys(spec.sparkConf ?? {}).flatMap((key) => {
    const name = key.startsWith(`spark.kubernetes.${role}.volumes.`) ? key.split('.')[5] : undefined;
    return name === undefined ? [] : [name];
  });
  const listed = [...(spec.volumes ?? []), ...(pod.template?.spec?.volumes ?? [])];
  return new Set([...listed.map(({ name }) => name), ...inConf]);
}
