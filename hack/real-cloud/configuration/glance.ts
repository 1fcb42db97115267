import { join } from 'node:path';

import { ini } from '../ini.ts';
import { places, type RigPlan } from '../plan.ts';
import { tokenCheck } from './service-login.ts';
import { sqlite } from './sqlite.ts';

/** Folders that Glance keeps images in; they must be there before it starts. */
export const glanceFolders = (root: string): readonly string[] =>
  ['images', 'staging', 'tasks'].map((name) => join(places(root).data, 'glance', name));

/** Glance with a file store. */
export function glanceConfiguration(plan: RigPlan): string {
  const { data, run } = places(plan.root);
  const [images = '', staging = '', tasks = ''] = glanceFolders(plan.root);
  return ini({
    DEFAULT: {
      bind_host: plan.address,
      bind_port: plan.ports.glance,
      workers: 0,
      use_stderr: true,
      enabled_backends: 'files:file',
    },
    database: { connection: sqlite(join(data, 'glance.db')) },
    glance_store: { default_backend: 'files' },
    files: { filesystem_store_datadir: images },
    os_glance_staging_store: { filesystem_store_datadir: staging },
    os_glance_tasks_store: { filesystem_store_datadir: tasks },
    keystone_authtoken: tokenCheck(plan, 'glance'),
    paste_deploy: { flavor: 'keystone', config_file: '/etc/glance/glance-api-paste.ini' },
    oslo_concurrency: { lock_path: run },
    oslo_messaging_notifications: { driver: 'noop' },
  });
}
