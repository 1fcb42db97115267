import { createHash } from 'node:crypto';
import { MAX_LABEL_LENGTH } from '../../api/names.ts';
import { withConfigMap } from './mount.ts';
import type { Mutator } from './mutator.ts';

/** `configMaps`: ConfigMaps of the user as read-only folders. */
export const addConfigMaps: Mutator = (pod, { fields: { configMaps } }) =>
  (configMaps ?? []).reduce((mounted, { name, path }) => withConfigMap(mounted, volumeName(name), name, path), pod);

/** `<name>-vol`. A ConfigMap's name may be longer than a volume's, and have dots: then a hash keeps it apart from others. */
function volumeName(configMap: string): string {
  const plain = `${configMap}-vol`;
  if (plain.length <= MAX_LABEL_LENGTH && !configMap.includes('.')) return plain;
  const hash = createHash('sha256').update(configMap).digest('hex').slice(0, 8);
  return `${configMap.replaceAll('.', '-').slice(0, MAX_LABEL_LENGTH - 13)}-${hash}-vol`;
}
