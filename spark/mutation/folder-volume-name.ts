import { createHash } from 'node:crypto';
import { MAX_LABEL_LENGTH } from '../../api/names.ts';

/**
 * The name of the volume of a ConfigMap (`<name>-vol`, kubeflow's) or Secret (`<name>-volume`, Spark's) that is mounted as
 * a folder. Their names may be longer than a volume's, and have dots: then a hash keeps one apart from others.
 */
export function folderVolumeName(object: string, suffix: '-vol' | '-volume'): string {
  const plain = `${object}${suffix}`;
  if (plain.length <= MAX_LABEL_LENGTH && !object.includes('.')) return plain;
  const hash = createHash('sha256').update(object).digest('hex').slice(0, 8);
  const room = MAX_LABEL_LENGTH - hash.length - 1 - suffix.length;
  return `${object.replaceAll('.', '-').slice(0, room)}-${hash}${suffix}`;
}
