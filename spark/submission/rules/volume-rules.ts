import type { Violation } from '../../validation/validate.ts';
import { LOCAL_DIR_PREFIX } from '../../mutation/spark-mounted-volume.ts';
import { volumeSpecs } from '../driver/spark-volumes.ts';
import type { VolumeSpec } from '../driver/spark-volumes.ts';
import type { SubmissionSubject } from '../submission-subject.ts';
import type { SubmissionRule } from './rule.ts';

/** The kinds of volumes that Spark mounts, and the options that each must have. */
const required: Readonly<Record<string, readonly string[]>> = {
  hostPath: ['options.path'],
  persistentVolumeClaim: ['options.claimName'],
  emptyDir: [],
  nfs: ['options.path', 'options.server'],
};

const roles = ['driver', 'executor'] as const;
type Role = (typeof roles)[number];

const prefixOf = (role: Role): string => `spark.kubernetes.${role}.volumes.`;

/** Applies a check to every volume of both roles; Spark checks the executors' at submission too. */
const eachVolume =
  (check: (volume: VolumeSpec, subject: SubmissionSubject) => readonly string[], rule: string): SubmissionRule =>
  (subject) =>
    roles.flatMap((role) =>
      volumeSpecs(subject.conf, prefixOf(role)).flatMap((volume) =>
        check(volume, subject).map((message): Violation => ({ field: fieldOf(role, volume, subject), message, rule })),
      ),
    );

function fieldOf(role: Role, { type, name }: VolumeSpec, { app }: SubmissionSubject): string {
  const isTyped =
    name.startsWith(LOCAL_DIR_PREFIX) && app.spec.volumes?.some((volume) => volume.name === name) === true;
  return isTyped ? `spec.${role}.volumeMounts` : `spec.sparkConf["${prefixOf(role)}${type}.${name}"]`;
}

export const volumeTypeUnknown = eachVolume(
  ({ type }) =>
    type in required ? [] : [`Spark mounts no volume of type "${type}", only ${Object.keys(required).join(', ')}`],
  'volumeTypeUnknown',
);

export const volumeOptionMissing = eachVolume(
  ({ type, name, settings }) =>
    ['mount.path', ...(required[type] ?? [])]
      .filter((option) => settings[option] === undefined)
      .map((option) => `${type}.${name}.${option} is missing`),
  'volumeOptionMissing',
);

export const subPathTwice = eachVolume(
  ({ name, settings }, { features }) =>
    features.volumeOptions && settings['mount.subPath'] !== undefined && settings['mount.subPathExpr'] !== undefined
      ? [`the volume ${name} has both subPath and subPathExpr: keep one`]
      : [],
  'subPathTwice',
);

/** A bare number this small is a size whose unit was forgotten. */
export const sizeWithoutUnit = eachVolume(({ name, settings }) => {
  const size = settings['options.sizeLimit'];
  return size !== undefined && /^\d+$/.test(size) && Number(size) < 1024
    ? [`the volume ${name} has sizeLimit ${size}, less than 1 KiB: add a unit such as Gi`]
    : [];
}, 'sizeWithoutUnit');

export const mountPathTwice: SubmissionRule = (subject) =>
  roles.flatMap((role) => {
    const paths = volumeSpecs(subject.conf, prefixOf(role)).map(({ settings }) => settings['mount.path'] ?? '');
    const twice = new Set(paths.filter((path, index) => path !== '' && paths.indexOf(path) !== index));
    return [...twice].map((path) => ({
      field: `spec.${role}.volumeMounts`,
      message: `two volumes are mounted at ${path}`,
      rule: 'mountPathTwice',
    }));
  });

/** kubeflow drops such a mount without a word; Spark has no scratch space then. */
export const scratchVolumeUndeclared: SubmissionRule = ({ app: { spec } }) =>
  roles.flatMap((role) =>
    (spec[role]?.volumeMounts ?? [])
      .filter(({ name }) => name.startsWith(LOCAL_DIR_PREFIX))
      .filter(({ name }) => spec.volumes?.some((volume) => volume.name === name) !== true)
      .map(({ name }) => ({
        field: `spec.${role}.volumeMounts`,
        message: `mounts ${name}, which spec.volumes does not declare`,
        rule: 'scratchVolumeUndeclared',
      })),
  );
