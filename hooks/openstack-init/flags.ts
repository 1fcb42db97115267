import { ConfigError, type Flags } from '../../kube/flags.ts';
import type { CloudSettings, OpenStackInitSettings } from './settings.ts';

/** Flags that say how to reach the cloud: those of `openstack-init`, and of `cleanup` when it gives keys back. */
export const CLOUD_FLAGS = {
  'clouds-folder': '',
  'clouds-file': 'clouds.yaml',
  'clouds-secret': '',
  cloud: '',
  'keys-folder': '',
  'keys-secret': '',
} as const;

/** Flags of `openstack-init` beside these. */
export const INIT_FLAGS = {
  'clouds-optional': 'false',
  release: '',
  bucket: '',
  'cluster-name': '',
  'cluster-uuid': '',
  's3-endpoint': '',
  's3-region': '',
  's3-path-style': 'true',
} as const;

/** @throws ConfigError when the folder or the name of the Secret is not told */
export function cloudSettingsOf(flags: Flags<keyof typeof CLOUD_FLAGS>, namespace: string): CloudSettings {
  const keysFolder = flags.text('keys-folder');
  return {
    namespace,
    clouds: {
      folder: needed(flags, 'clouds-folder'),
      file: needed(flags, 'clouds-file'),
      secret: needed(flags, 'clouds-secret'),
      cloud: flags.text('cloud'),
    },
    keys: keysFolder === undefined ? undefined : { folder: keysFolder, secret: needed(flags, 'keys-secret') },
  };
}

/** @throws ConfigError for a flag that is missing or cannot be used */
export function initSettingsOf(
  flags: Flags<keyof typeof CLOUD_FLAGS | keyof typeof INIT_FLAGS>,
  namespace: string,
): OpenStackInitSettings {
  return {
    ...cloudSettingsOf(flags, namespace),
    cloudsOptional: flags.boolean('clouds-optional'),
    release: needed(flags, 'release'),
    bucket: flags.text('bucket'),
    clusterName: flags.text('cluster-name'),
    clusterUuid: flags.text('cluster-uuid'),
    s3: {
      endpoint: flags.text('s3-endpoint'),
      region: flags.text('s3-region'),
      pathStyle: flags.boolean('s3-path-style'),
    },
  };
}

function needed<F extends string>(flags: Flags<F>, flag: F): string {
  const value = flags.raw(flag);
  if (value === '') throw new ConfigError(`--${flag} must be set`);
  return value;
}
