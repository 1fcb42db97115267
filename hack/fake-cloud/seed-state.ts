import { stableId } from './keystone/catalog.ts';
import { fingerprintOf } from './nova.ts';
import { templates, uuidOf } from './magnum/seed.ts';
import type { ClusterRecord, NodeGroupRecord } from './magnum/records.ts';
import type { ApplicationCredential, CloudState, User } from './state.ts';

/** What the first state is made of. */
export interface SeedWorld {
  readonly now: () => number;
  readonly hex: (bytes: number) => string;
  /** Clusters that the project `demo` has from the start. */
  readonly clusterCount: number;
  readonly apiAddress: string;
}

export const PROJECTS = {
  demo: stableId('project/demo'),
  staging: stableId('project/demo-staging'),
  other: stableId('project/other'),
};
const ADMIN_PROJECT = stableId('project/admin');
const MEMBER = ['member', 'reader'] as const;

/** A key without a private half anywhere: nobody logs in to the machines of a fake. */
const KEY_KIND = 'ssh-ed25519';

/** Users `demo` (projects demo and demo-staging), `other` (project other) and `admin`; templates, a key pair, clusters. Passwords are random. */
export function seedState(world: SeedWorld): CloudState {
  const nowMs = world.now();
  const users = seedUsers(world);
  const demo = users[0];
  const demoId = demo?.id ?? '';
  const publicKey = publicKeyOf(Buffer.from(world.hex(32), 'hex'));
  const clusters = Array.from({ length: world.clusterCount }, (_, index) => seedCluster(world, demoId, index, nowMs));
  return {
    domains: [{ id: 'default', name: 'Default' }],
    projects: [
      { id: PROJECTS.demo, name: 'demo', domainId: 'default' },
      { id: PROJECTS.staging, name: 'demo-staging', domainId: 'default' },
      { id: PROJECTS.other, name: 'other', domainId: 'default' },
      { id: ADMIN_PROJECT, name: 'admin', domainId: 'default' },
    ],
    users,
    tokens: {},
    applicationCredentials: Object.fromEntries(seedCredentials(world, demoId, nowMs).map((one) => [one.id, one])),
    ec2Credentials: {},
    keypairs: [{ name: 'demo-key', userId: demoId, publicKey, fingerprint: fingerprintOf(publicKey) ?? '' }],
    templates: templates(ADMIN_PROJECT, nowMs),
    clusters,
    nodeGroups: clusters.flatMap((cluster) => seedGroups(cluster)),
    authorities: {},
    buckets: {},
    clusterQuotas: {},
  };
}

function seedUsers(world: SeedWorld): User[] {
  const user = (name: string, projects: readonly string[], roles: readonly string[]): User => ({
    id: stableId(`user/${name}`),
    name,
    domainId: 'default',
    password: `${name}-${world.hex(12)}`,
    roles: Object.fromEntries(projects.map((project) => [project, roles])),
    domainRoles: {},
  });
  return [
    user('demo', [PROJECTS.demo, PROJECTS.staging], MEMBER),
    user('other', [PROJECTS.other], MEMBER),
    user('admin', [ADMIN_PROJECT], ['admin', ...MEMBER]),
  ];
}

function seedCredentials(world: SeedWorld, userId: string, nowMs: number): readonly ApplicationCredential[] {
  const credential = (name: string, more: Partial<ApplicationCredential> = {}): ApplicationCredential => ({
    id: world.hex(16),
    name,
    secret: Buffer.from(world.hex(48), 'hex').toString('base64url'),
    userId,
    projectId: PROJECTS.demo,
    roles: MEMBER,
    description: undefined,
    unrestricted: false,
    expiresMs: undefined,
    ...more,
  });
  return [
    credential('demo-app'),
    credential('demo-app-unrestricted', { unrestricted: true }),
    credential('demo-app-expired', { expiresMs: nowMs - 60_000 }),
  ];
}

function publicKeyOf(key: Buffer): string {
  const field = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return `${KEY_KIND} ${Buffer.concat([field(Buffer.from(KEY_KIND)), field(key)]).toString('base64')} demo`;
}

function seedCluster(world: SeedWorld, userId: string, index: number, nowMs: number): ClusterRecord {
  const name = `cluster-${String(index + 1).padStart(3, '0')}`;
  return {
    uuid: uuidOf(`cluster/${name}`),
    name,
    projectId: PROJECTS.demo,
    userId,
    templateId: uuidOf('template/k8s'),
    status: 'CREATE_COMPLETE',
    statusReason: undefined,
    faults: {},
    operation: undefined,
    stackId: uuidOf(`stack/${name}`),
    createdMs: nowMs - (index + 1) * 3_600_000,
    updatedMs: nowMs - index * 3_600_000,
    keypair: 'demo-key',
    masterCount: 1,
    flavorId: 'm1.small',
    masterFlavorId: 'm1.small',
    labels: { kube_tag: 'v1.34.1' },
    ownLabels: {},
    createTimeout: 60,
    apiAddress: world.apiAddress,
    fixedNetwork: undefined,
    fixedSubnet: undefined,
    floatingIpEnabled: true,
    masterLbEnabled: false,
    dockerVolumeSize: undefined,
  };
}

function seedGroups(cluster: ClusterRecord): readonly NodeGroupRecord[] {
  const group = (role: 'master' | 'worker', count: number): NodeGroupRecord => ({
    uuid: uuidOf(`${cluster.name}/${role}`),
    clusterUuid: cluster.uuid,
    name: `default-${role}`,
    role,
    isDefault: true,
    nodeCount: count,
    wantedCount: count,
    minCount: role === 'master' ? 1 : 0,
    maxCount: undefined,
    flavorId: cluster.flavorId,
    imageId: '',
    labels: cluster.labels,
    status: cluster.status,
    createdMs: cluster.createdMs,
  });
  return [group('master', 1), group('worker', 2)];
}
