import { join } from 'node:path';

import { ini } from '../ini.ts';
import { places, type RigPlan } from '../plan.ts';
import { rabbitUrl } from './rabbitmq.ts';
import { tokenCheck } from './service-login.ts';
import { sqlite } from './sqlite.ts';

/** Nova's databases. The cell mapping in the first one names the other two by their paths. */
export function novaDatabases(root: string): { readonly api: string; readonly cell0: string; readonly cell1: string } {
  const { data } = places(root);
  return { api: join(data, 'nova-api.db'), cell0: join(data, 'nova-cell0.db'), cell1: join(data, 'nova.db') };
}

/** Nova's API for key pairs, flavors and limits; there is no compute node. */
export function novaConfiguration(plan: RigPlan): string {
  const databases = novaDatabases(plan.root);
  const { run } = places(plan.root);
  return ini({
    DEFAULT: { transport_url: rabbitUrl(plan), host: 'localhost', use_stderr: true, state_path: run },
    api: { auth_strategy: 'keystone' },
    api_database: { connection: sqlite(databases.api) },
    database: { connection: sqlite(databases.cell1) },
    keystone_authtoken: tokenCheck(plan, 'nova'),
    oslo_messaging_notifications: { driver: 'noop' },
    oslo_concurrency: { lock_path: run },
  });
}
