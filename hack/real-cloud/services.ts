import { join } from 'node:path';

import type { DaemonSpec } from '../cluster/daemon.ts';
import { rabbitEnvironment } from './configuration/rabbitmq.ts';
import { kerberosEnvironment } from './kerberos.ts';
import { STORAGE_KINDS, STORAGE_PORTS, swiftFolders } from './configuration/swift.ts';
import { places, publicUrl, type PortName, type RigPlan } from './plan.ts';

/** The programs of the cloud, as people name them. */
export const SERVICE_NAMES = [
  'epmd',
  'rabbitmq',
  'keystone',
  'magnum-api',
  'magnum-conductor',
  'nova',
  'glance',
  'swift-account',
  'swift-container',
  'swift-object',
  'swift-proxy',
  'stub',
  'kdc',
  'apache',
] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** How it is known that a program answers. */
export type ReadySign =
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'log'; readonly text: string };

/** One program. */
export interface RigService {
  readonly name: ServiceName;
  /** What must answer before it is started. */
  readonly after: readonly ServiceName[];
  readonly spec: Omit<DaemonSpec, 'logFile' | 'name'>;
  readonly ready: ReadySign;
}

/**
 * The Debian programs must run on Debian's Python, whatever else the machine has; and those of RabbitMQ look for their
 * tools where administrators' are.
 */
const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
const python = { PATH, PYTHONUNBUFFERED: '1', http_proxy: '', https_proxy: '', HTTP_PROXY: '', HTTPS_PROXY: '' };

/** Those that only a cloud with Kerberos has. */
export const KERBEROS_SERVICES: readonly ServiceName[] = ['kdc', 'apache'];

/** All programs of the cloud. `stub` is how the stub for Heat and Neutron is started. */
export function rigServices(plan: RigPlan, stub: RigService['spec']): readonly RigService[] {
  const kerberos = plan.kerberos ? kerberosServices(plan) : [];
  return [...broker(plan), ...openstack(plan), ...swift(plan), stubService(plan, stub), ...kerberos];
}

/** Apache's workers outlive a master that is killed, except in a process namespace of their own. */
const WITH_WORKERS = ['--pid', '--fork', '--kill-child=KILL'];

function kerberosServices(plan: RigPlan): RigService[] {
  const { configuration } = places(plan.root);
  const { kdc, apache } = plan.ports;
  const env = { PATH, ...kerberosEnvironment(plan.root) };
  const apacheFile = join(configuration, 'apache.conf');
  return [
    {
      ...{ name: 'kdc', after: [], ready: { kind: 'port', port: kdc } },
      spec: { command: '/usr/sbin/krb5kdc', args: ['-n'], env },
    },
    {
      ...{ name: 'apache', after: ['keystone'], ready: { kind: 'port', port: apache } },
      spec: {
        command: '/usr/bin/unshare',
        args: [...WITH_WORKERS, '/usr/sbin/apache2', '-DFOREGROUND', '-f', apacheFile],
        env,
      },
    },
  ];
}

function stubService(plan: RigPlan, spec: RigService['spec']): RigService {
  return { name: 'stub', after: [], spec, ready: { kind: 'http', url: publicUrl(plan, 'stub') } };
}

function broker(plan: RigPlan): RigService[] {
  const { epmd, rabbitmq } = plan.ports;
  const env = { ...rabbitEnvironment(plan), PATH };
  return [
    {
      name: 'epmd',
      after: [],
      spec: { command: '/usr/bin/epmd', args: ['-port', String(epmd), '-address', '127.0.0.1'], env },
      ready: { kind: 'port', port: epmd },
    },
    {
      name: 'rabbitmq',
      after: ['epmd'],
      // Not the wrapper in /usr/sbin, which wants to be the user of the package.
      spec: { command: '/usr/lib/rabbitmq/bin/rabbitmq-server', args: [], env },
      ready: { kind: 'port', port: rabbitmq },
    },
  ];
}

function openstack(plan: RigPlan): RigService[] {
  const { configuration } = places(plan.root);
  const file = (name: string): string => join(configuration, name);
  const wsgi = (name: string, env: Readonly<Record<string, string>> = {}): RigService['spec'] => ({
    command: '/usr/bin/uwsgi-core',
    args: ['--ini', file(`${name}-uwsgi.ini`)],
    env: { ...python, ...env },
  });
  const program = (name: string, config: string): RigService['spec'] => ({
    command: `/usr/bin/${name}`,
    args: ['--config-file', file(config)],
    env: python,
  });
  const answers = (name: PortName, path = ''): ReadySign => ({ kind: 'http', url: `${publicUrl(plan, name)}${path}` });
  const keystone = wsgi('keystone', { OS_KEYSTONE_CONFIG_FILES: file('keystone.conf') });
  const conductor = program('magnum-conductor', 'magnum.conf');
  return [
    { name: 'keystone', after: [], spec: keystone, ready: answers('keystone', '/v3') },
    { name: 'magnum-api', after: ['rabbitmq'], spec: wsgi('magnum'), ready: answers('magnum') },
    {
      ...{ name: 'magnum-conductor', after: ['rabbitmq'], spec: conductor },
      ready: { kind: 'log', text: 'Starting server in PID' },
    },
    { name: 'nova', after: [], spec: wsgi('nova', { OS_NOVA_CONFIG_DIR: file('nova') }), ready: answers('nova') },
    { name: 'glance', after: [], spec: program('glance-api', 'glance.conf'), ready: answers('glance') },
  ];
}

function swift(plan: RigPlan): RigService[] {
  const folder = swiftFolders(plan.root).configuration;
  const storage = STORAGE_KINDS.map((kind): RigService => ({
    name: `swift-${kind}`,
    after: [],
    spec: {
      command: `/usr/bin/swift-${kind}-server`,
      args: [join(folder, `${kind}-server.conf`), '--verbose'],
      env: python,
    },
    ready: { kind: 'port', port: plan.ports[STORAGE_PORTS[kind]] },
  }));
  const proxy: RigService = {
    name: 'swift-proxy',
    after: [],
    spec: {
      command: '/usr/bin/swift-proxy-server',
      args: [join(folder, 'proxy-server.conf'), '--verbose'],
      env: python,
    },
    ready: { kind: 'http', url: `${publicUrl(plan, 'swift')}/healthcheck` },
  };
  return [...storage, proxy];
}
