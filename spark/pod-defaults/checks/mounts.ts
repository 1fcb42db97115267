import { plainPath } from '../../mutation/mount.ts';
import { LOCAL_DIR_PREFIX } from '../../mutation/spark-mounted-volume.ts';
import { repeated, when } from '../../validation/check.ts';

import type { Check } from './check.ts';

/** A folder at which nothing can be mounted. */
export const volumeMountPathInvalid: Check = ({ volumeMounts = [] }) =>
  volumeMounts.flatMap(({ mountPath }, index) =>
    when(
      !mountPath.startsWith('/') || mountPath.includes(':'),
      `spec.volumeMounts[${index}].mountPath`,
      `"${mountPath}" is not an absolute path: write the folder to mount at, such as /cvmfs`,
    ),
  );

/** A mount of a volume that these defaults do not bring. */
export const mountWithoutVolume: Check = ({ volumes = [], volumeMounts = [] }) =>
  volumeMounts.flatMap(({ name }, index) =>
    when(
      !volumes.some((volume) => volume.name === name),
      `spec.volumeMounts[${index}].name`,
      `there is no volume "${name}": add it to spec.volumes`,
    ),
  );

/** Two things at one path. */
export const mountPathTwice: Check = ({ volumeMounts = [], configMaps = [], secrets = [] }) =>
  repeated(
    [...volumeMounts.map(({ mountPath }) => mountPath), ...[...configMaps, ...secrets].map(({ path }) => path)].map(
      plainPath,
    ),
  ).map((path) => ({
    field: 'spec.volumeMounts',
    message: `two of volumeMounts, configMaps and secrets are mounted at "${path}": give each a path of its own`,
  }));

/** A volume that no container would see; the pod would still wait for it. */
export const volumeUnmounted: Check = ({ volumes = [], volumeMounts = [] }) =>
  volumes.flatMap(({ name }, index) =>
    when(
      !volumeMounts.some((mount) => mount.name === name),
      `spec.volumes[${index}]`,
      `"${name}" is not mounted: add a volumeMount with this name, or take the volume out`,
    ),
  );

/** The API server wants exactly one source. */
export const volumeSourceNotOne: Check = ({ volumes = [] }) =>
  volumes.flatMap(({ name, ...sources }, index) =>
    when(
      Object.values(sources).filter((source: unknown) => source !== undefined && source !== null).length !== 1,
      `spec.volumes[${index}]`,
      `"${name}" needs one source, such as persistentVolumeClaim, hostPath or csi`,
    ),
  );

/** Names that Spark gives to volumes of its own. */
const ofSpark =
  /^(spark-conf-volume-(driver|exec)|pod-template-volume|hadoop-properties|hadoop-secret|krb5-file|kerberos-keytab)$/;

/** A volume that would meet one of Spark's. */
export const volumeOfSpark: Check = ({ volumes = [] }) =>
  volumes.flatMap(({ name }, index) => [
    ...when(ofSpark.test(name), `spec.volumes[${index}].name`, `"${name}" is a volume of Spark's: take another name`),
    ...when(
      name.startsWith(LOCAL_DIR_PREFIX),
      `spec.volumes[${index}].name`,
      `scratch space is mounted by Spark itself: use sparkConf["spark.kubernetes.executor.volumes.<type>.${name}.mount.path"] and its options`,
    ),
  ]);

/** Folders of the image without which Spark does not start. */
const needed = [
  '/',
  '/opt',
  '/opt/spark',
  '/opt/spark/conf',
  '/opt/spark/pod-template',
  '/opt/spark/jars',
  '/opt/spark/bin',
];

/** A mount that would hide Spark. */
export const mountHidesSpark: Check = ({ volumeMounts = [], configMaps = [], secrets = [] }) =>
  [
    ...volumeMounts.map(({ mountPath }, index) => ({
      field: `spec.volumeMounts[${index}].mountPath`,
      path: mountPath,
    })),
    ...configMaps.map(({ path }, index) => ({ field: `spec.configMaps[${index}].path`, path })),
    ...secrets.map(({ path }, index) => ({ field: `spec.secrets[${index}].path`, path })),
  ].flatMap(({ field, path }) =>
    when(needed.includes(plainPath(path)), field, `"${path}" is Spark's own folder: mount at another path`),
  );
