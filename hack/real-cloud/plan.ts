import { join } from 'node:path';

/** Every part that listens, and what for. */
export const PORT_NAMES = [
  'keystone',
  'magnum',
  'nova',
  'glance',
  'swift',
  'stub',
  'rabbitmq',
  'rabbitmqDistribution',
  'epmd',
  'swiftAccount',
  'swiftContainer',
  'swiftObject',
  'kdc',
  'apache',
  'keystoneUwsgi',
] as const;
export type PortName = (typeof PORT_NAMES)[number];

/** Passwords of the users, made once with the databases that hold them. Never printed. */
export const SECRET_NAMES = ['admin', 'demo', 'other', 'services', 'domainAdmin', 'swiftHash'] as const;
export type Secrets = Readonly<Record<(typeof SECRET_NAMES)[number], string>>;

/** One real cloud on this machine: where its files are, where it listens, what its users' passwords are. */
export interface RigPlan {
  readonly root: string;
  /** What users and pods reach the services at. The parts that only services speak to are on 127.0.0.1. */
  readonly address: string;
  readonly ports: Readonly<Record<PortName, number>>;
  readonly secrets: Secrets;
  /** Keystone can also be logged in at with a Kerberos ticket. */
  readonly kerberos: boolean;
}

export const REGION = 'RegionOne';

/** The folders of a cloud. `data` is what is prepared once and copied. */
export interface Places {
  readonly data: string;
  readonly configuration: string;
  readonly logs: string;
  readonly run: string;
}

export function places(root: string): Places {
  return {
    data: join(root, 'data'),
    configuration: join(root, 'configuration'),
    logs: join(root, 'logs'),
    run: join(root, 'run'),
  };
}

/** Public addresses of the services, without a version. */
export function publicUrl({ address, ports }: RigPlan, name: PortName): string {
  return `http://${address}:${ports[name]}`;
}

/** Where Keystone is logged in at. */
export const authUrl = (plan: RigPlan): string => `${publicUrl(plan, 'keystone')}/v3`;

/** Where a Kerberos ticket is a login. By name: a ticket is for a name. */
export const kerberosAuthUrl = ({ ports }: RigPlan): string => `http://localhost:${ports.apache}/v3`;

/** What the catalog says, by service type. The parts in brackets are filled in by Keystone for each user. */
export function catalog(plan: RigPlan): Readonly<Record<string, string>> {
  return {
    identity: authUrl(plan),
    'container-infra': `${publicUrl(plan, 'magnum')}/v1`,
    compute: `${publicUrl(plan, 'nova')}/v2.1`,
    image: publicUrl(plan, 'glance'),
    network: publicUrl(plan, 'stub'),
    orchestration: `${publicUrl(plan, 'stub')}/heat/v1/%(tenant_id)s`,
    'object-store': `${publicUrl(plan, 'swift')}/v1/AUTH_%(project_id)s`,
  };
}
