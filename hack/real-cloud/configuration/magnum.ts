import { join } from 'node:path';

import { ini } from '../ini.ts';
import { places, publicUrl, REGION, type RigPlan } from '../plan.ts';
import { rabbitUrl } from './rabbitmq.ts';
import { serviceLogin, tokenCheck } from './service-login.ts';
import { sqlite } from './sqlite.ts';

const CLIENTS = ['heat', 'nova', 'neutron', 'glance', 'cinder', 'octavia', 'barbican', 'magnum', 'keystone'] as const;

/** Magnum API and conductor: certificates in the database, discovery of etcd at the stub instead of the internet. */
export function magnumConfiguration(plan: RigPlan): string {
  const { data, run } = places(plan.root);
  const client = { endpoint_type: 'publicURL', region_name: REGION };
  return ini({
    DEFAULT: { transport_url: rabbitUrl(plan), host: 'localhost', use_stderr: true, state_path: run },
    api: { host: plan.address, port: plan.ports.magnum, api_paste_config: '/etc/magnum/api-paste.ini' },
    conductor: { workers: 1 },
    database: { connection: sqlite(join(data, 'magnum.db')) },
    certificates: { cert_manager_type: 'x509keypair' },
    keystone_auth: serviceLogin(plan, 'magnum'),
    keystone_authtoken: tokenCheck(plan, 'magnum'),
    trust: {
      trustee_domain_name: 'magnum',
      trustee_domain_admin_name: 'magnum-domain-admin',
      trustee_domain_admin_password: plan.secrets.domainAdmin,
      trustee_domain_admin_domain_name: 'magnum',
      trustee_keystone_interface: 'public',
      cluster_user_trust: true,
    },
    cluster: { etcd_discovery_service_endpoint_format: `${publicUrl(plan, 'stub')}/discovery?size=%(size)d` },
    ...Object.fromEntries(CLIENTS.map((name) => [`${name}_client`, client])),
    oslo_messaging_notifications: { driver: 'noop' },
    oslo_concurrency: { lock_path: run },
  });
}
