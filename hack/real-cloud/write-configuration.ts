import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from '../run.ts';
import { glanceConfiguration, glanceFolders } from './configuration/glance.ts';
import { keystoneConfiguration } from './configuration/keystone.ts';
import { magnumConfiguration } from './configuration/magnum.ts';
import { novaConfiguration } from './configuration/nova.ts';
import {
  proxyConfiguration,
  STORAGE_KINDS,
  STORAGE_PORTS,
  storageConfiguration,
  swiftConfiguration,
  swiftFolders,
} from './configuration/swift.ts';
import { uwsgiConfiguration, type WsgiProgram } from './configuration/uwsgi.ts';
import { places, type PortName, type RigPlan } from './plan.ts';
import { pythonProgram } from './python-program.ts';

/** Writes everything that depends on addresses, ports and places: all of it anew at every start. */
export async function writeConfiguration(plan: RigPlan): Promise<void> {
  const { configuration, run: runFolder, data, logs } = places(plan.root);
  const swift = swiftFolders(plan.root);
  const folders = [configuration, runFolder, logs, join(configuration, 'nova'), swift.configuration];
  const dataFolders = [join(data, 'rabbitmq', 'generated'), join(swift.devices, 'd1'), ...glanceFolders(plan.root)];
  for (const folder of [...folders, ...dataFolders]) await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [path, text] of Object.entries(configurationFiles(plan))) {
    await writeFile(join(configuration, path), text, { mode: 0o600 });
  }
  await copyFile('/etc/nova/api-paste.ini', join(configuration, 'nova', 'api-paste.ini'));
  await makeRings(plan);
}

/** File by file, below the folder of the configuration. */
function configurationFiles(plan: RigPlan): Readonly<Record<string, string>> {
  return {
    'keystone.conf': keystoneConfiguration(plan),
    'magnum.conf': magnumConfiguration(plan),
    'nova/nova.conf': novaConfiguration(plan),
    'glance.conf': glanceConfiguration(plan),
    'keystone-uwsgi.ini': wsgi(plan, 'keystone', {
      file: '/usr/bin/keystone-wsgi-public',
      // Two threads would share what the cache holds: then one in eight application credentials may make trusts and keys.
      processes: 1,
      threads: 1,
      ...(plan.kerberos ? { uwsgiListen: `127.0.0.1:${plan.ports.keystoneUwsgi}` } : {}),
    }),
    'magnum-uwsgi.ini': wsgi(plan, 'magnum', {
      file: join(import.meta.dirname, 'python', 'magnum_api.py'),
      processes: 1,
      threads: 8,
      args: `--config-file ${join(places(plan.root).configuration, 'magnum.conf')}`,
    }),
    'nova-uwsgi.ini': wsgi(plan, 'nova', { file: '/usr/bin/nova-api-wsgi', processes: 2, threads: 1 }),
    'rabbitmq.conf': 'loopback_users = none\nlog.console = true\nlog.file = false\n',
    'rabbitmq-plugins': '[].\n',
    'swift/swift.conf': swiftConfiguration(plan),
    'swift/proxy-server.conf': proxyConfiguration(plan),
    ...Object.fromEntries(STORAGE_KINDS.map((kind) => [`swift/${kind}-server.conf`, storageConfiguration(plan, kind)])),
  };
}

function wsgi(plan: RigPlan, port: PortName, program: Omit<WsgiProgram, 'listen' | 'folder'>): string {
  return uwsgiConfiguration({
    ...program,
    listen: `${plan.address}:${plan.ports[port]}`,
    folder: places(plan.root).run,
  });
}

/** Rings name the ports of the storage servers. */
async function makeRings(plan: RigPlan): Promise<void> {
  const rings = STORAGE_KINDS.map((kind) => `${kind}=${plan.ports[STORAGE_PORTS[kind]]}`);
  await run(...pythonProgram('rings', [swiftFolders(plan.root).configuration, ...rings]));
}
