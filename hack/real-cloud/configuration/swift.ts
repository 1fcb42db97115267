import { join } from 'node:path';

import { ini } from '../ini.ts';
import { authUrl, places, REGION, type PortName, type RigPlan } from '../plan.ts';
import { serviceLogin, tokenCheck } from './service-login.ts';

/** The three kinds of storage servers behind Swift's proxy. */
export const STORAGE_KINDS = ['account', 'container', 'object'] as const;
export type StorageKind = (typeof STORAGE_KINDS)[number];

/** Which port a storage server has. */
export const STORAGE_PORTS: Readonly<Record<StorageKind, PortName>> = {
  account: 'swiftAccount',
  container: 'swiftContainer',
  object: 'swiftObject',
};

/** Where rings and `swift.conf` are, and below which the one device lies. */
export const swiftFolders = (root: string): { readonly configuration: string; readonly devices: string } => ({
  configuration: join(places(root).configuration, 'swift'),
  devices: join(places(root).data, 'swift'),
});

/** What all of Swift shares. */
export function swiftConfiguration({ secrets }: RigPlan): string {
  return ini({
    'swift-hash': { swift_hash_path_suffix: secrets.swiftHash },
    'storage-policy:0': { name: 'only', default: 'yes' },
  });
}

/** One storage server. */
export function storageConfiguration(plan: RigPlan, kind: StorageKind): string {
  return ini({
    DEFAULT: {
      bind_ip: '127.0.0.1',
      bind_port: plan.ports[STORAGE_PORTS[kind]],
      ...shared(plan),
      devices: swiftFolders(plan.root).devices,
      mount_check: false,
    },
    'pipeline:main': { pipeline: `${kind}-server` },
    [`app:${kind}-server`]: { use: `egg:swift#${kind}`, replication_server: false },
  });
}

/** The order matters: with s3api before authtoken every signature is refused. */
const PIPELINE = [
  ...['catch_errors', 'gatekeeper', 'healthcheck', 'bulk', 'tempurl'],
  ...['authtoken', 's3api', 's3token', 'keystoneauth'],
  ...['copy', 'slo', 'dlo', 'versioned_writes', 'proxy-server'],
];

/** Swift's proxy with its S3 interface. */
export function proxyConfiguration(plan: RigPlan): string {
  return ini({
    DEFAULT: { bind_ip: plan.address, bind_port: plan.ports.swift, ...shared(plan) },
    'pipeline:main': { pipeline: PIPELINE.join(' ') },
    'app:proxy-server': { use: 'egg:swift#proxy', account_autocreate: true, allow_account_management: true },
    ...Object.fromEntries(
      ['catch_errors', 'gatekeeper', 'healthcheck', 'bulk', 'tempurl', 'copy', 'slo', 'dlo', 'versioned_writes'].map(
        (name) => [`filter:${name}`, { use: `egg:swift#${name}` }],
      ),
    ),
    'filter:authtoken': {
      'paste.filter_factory': 'keystonemiddleware.auth_token:filter_factory',
      ...tokenCheck(plan, 'swift'),
      delay_auth_decision: true,
    },
    'filter:s3api': { use: 'egg:swift#s3api', location: REGION, s3_acl: false, auth_pipeline_check: false },
    'filter:s3token': { use: 'egg:swift#s3token', auth_uri: authUrl(plan), ...serviceLogin(plan, 'swift') },
    'filter:keystoneauth': { use: 'egg:swift#keystoneauth', operator_roles: 'admin, member' },
  });
}

function shared({ root }: RigPlan): Readonly<Record<string, string | number>> {
  return {
    user: 'root',
    workers: 0,
    swift_dir: swiftFolders(root).configuration,
    log_level: 'INFO',
  };
}
