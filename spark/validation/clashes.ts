import type { Container } from '../../api/kubernetes.ts';
import { prometheusConfigMapName } from '../../api/names.ts';
import type { SparkPodSpec } from '../../api/sparkapplication.ts';
import { folderVolumeName } from '../mutation/folder-volume-name.ts';
import { plainPath } from '../mutation/mount.ts';
import { DRIVER_CONTAINER, EXECUTOR_CONTAINER } from '../mutation/spark-container.ts';
import { repeated, rolePods, when, type Check } from './check.ts';

/** Folders that Spark mounts its own files at; another mount there would hide them. */
const sparkFolders = {
  driver: ['/opt/spark/conf', '/opt/spark/pod-template'],
  executor: ['/opt/spark/conf'],
} as const;

/** A mount that would hide Spark's own. A single file can go there with a subPath. */
export const mountOverSpark: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ role, path, pod }) =>
    foldersOf(pod).flatMap(({ field, folder }) =>
      when(
        sparkFolders[role].some((own) => own === folder),
        `${path}.${field}`,
        `${folder} is where Spark mounts its own files: choose another folder, or mount a single file of it with a subPath`,
      ),
    ),
  );

/** Two mounts at one place: the API server refuses such a pod. */
export const mountPathRepeated: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod }) => {
    const folders = foldersOf(pod);
    const last = new Map(folders.map(({ folder, field }) => [folder, field]));
    return repeated(folders.map(({ folder }) => folder)).map((folder) => ({
      field: `${path}.${last.get(folder) ?? ''}`,
      message: `${folder} is mounted already: give each mount a path of its own`,
    }));
  });

interface Folder {
  readonly field: string;
  readonly folder: string;
}

/** Everything that the fields of a role mount in Spark's container. */
const foldersOf = ({ volumeMounts, configMaps, secrets }: SparkPodSpec): readonly Folder[] => [
  ...(volumeMounts ?? []).map(({ mountPath }, index) => folderAt(`volumeMounts[${index}].mountPath`, mountPath)),
  ...(configMaps ?? []).map(({ path }, index) => folderAt(`configMaps[${index}].path`, path)),
  ...(secrets ?? []).map(({ path }, index) => folderAt(`secrets[${index}].path`, path)),
];

const folderAt = (field: string, path: string): Folder => ({ field, folder: plainPath(path) });

/** Volumes that Spark adds to its pods. */
const sparkVolumes = ['spark-conf-volume-driver', 'spark-conf-volume-exec', 'pod-template-volume', 'hadoop-properties'];

/** A volume named as one that Spark or the operator adds: only one of the two would be there. */
export const volumeNameReserved: Check = (app) => {
  const { spec } = app;
  const reserved = new Map<string, string>([
    ...sparkVolumes.map((name): [string, string] => [name, 'Spark']),
    ...rolePods(spec).flatMap(({ path, pod }): [string, string][] => [
      ...(pod.configMaps ?? []).map(({ name }): [string, string] => [
        folderVolumeName(name, '-vol'),
        `${path}.configMaps`,
      ]),
      ...(pod.secrets ?? []).map(({ name }): [string, string] => [`${name}-volume`, `${path}.secrets`]),
    ]),
    ...isSaid(spec.sparkConfigMap, 'spark-configmap-volume', 'spec.sparkConfigMap'),
    ...isSaid(spec.hadoopConfigMap, 'hadoop-configmap-volume', 'spec.hadoopConfigMap'),
    ...isSaid(spec.monitoring?.prometheus?.jmxExporterJar, `${prometheusConfigMapName(app)}-vol`, 'spec.monitoring'),
  ]);
  return (spec.volumes ?? []).flatMap(({ name }, index) =>
    when(
      reserved.has(name),
      `spec.volumes[${index}].name`,
      `"${name}" is the name of a volume that ${reserved.get(name) ?? ''} adds: choose another one`,
    ),
  );
};

const isSaid = (value: string | undefined, name: string, by: string): readonly [string, string][] =>
  (value ?? '') === '' ? [] : [[name, by]];

/** A container beside Spark's with the name of Spark's own. */
export const containerNameReserved: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ role, path, pod }) => {
    const own = ownContainers(pod, spec.sparkConf?.[`spark.kubernetes.${role}.podTemplateContainerName`]);
    return listed(pod).flatMap(({ field, name }) =>
      when(
        own.includes(name),
        `${path}.${field}.name`,
        `"${name}" is the name of Spark's own container: choose another one`,
      ),
    );
  });

/** The template's container that becomes Spark's: the one of Spark's name, or that a property names, else the first. */
function ownContainers({ template }: SparkPodSpec, chosen: string | undefined): readonly string[] {
  const containers = template?.spec?.containers ?? [];
  const wanted = containers.find(({ name }) => name === chosen || isSparks(name)) ?? containers[0];
  return [DRIVER_CONTAINER, EXECUTOR_CONTAINER, ...(wanted === undefined ? [] : [wanted.name])];
}

const isSparks = (name: string): boolean => name === DRIVER_CONTAINER || name === EXECUTOR_CONTAINER;

/** One name for a container of the fields and another kind of container of the template: they share one set of names. */
export const containerOfTemplateRepeated: Check = ({ spec }) =>
  rolePods(spec).flatMap(({ path, pod }) => {
    const { containers, initContainers } = pod.template?.spec ?? {};
    return listed(pod).flatMap(({ field, name }) => {
      const others = field.startsWith('sidecars') ? initContainers : containers;
      return when(
        (others ?? []).some((other) => other.name === name),
        `${path}.${field}.name`,
        `"${name}" is the name of another container of the template: containers and initContainers share one set of names`,
      );
    });
  });

const listed = ({ sidecars, initContainers }: SparkPodSpec): readonly { field: string; name: string }[] => [
  ...namesOf('sidecars', sidecars),
  ...namesOf('initContainers', initContainers),
];

const namesOf = (list: string, containers: readonly Container[] | undefined): { field: string; name: string }[] =>
  (containers ?? []).map(({ name }, index) => ({ field: `${list}[${index}]`, name }));
