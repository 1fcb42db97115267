import type { CloudFacts, FakeCloud } from './cloud.ts';
import type { Front } from './front.ts';
import { matches } from './failures.ts';
import { putCluster } from './magnum/lookup.ts';
import { EXTERNAL_NETWORK, FLAVORS } from './magnum/seed.ts';
import type { World } from './world.ts';

/** All of the control surface that does not concern sockets. */
export function controlsOf(
  { world, failures, journal, save }: Front,
  cloudsFile: string,
  caPem: string | undefined,
): Omit<FakeCloud, 'down' | 'up' | 'close'> {
  const { state } = world;
  return {
    facts: factsOf(world),
    cloudsFile,
    cloudName: 'demo',
    caPem,
    secrets: () => secretsOf(world),
    fail: (match, what, times = 1) => failures.add(match, what, times),
    heal: failures.clear,
    nextCluster: (outcome) => void world.outcomes.push(outcome),
    setStatus: (uuid, status, reason, faults = {}) => {
      const cluster = state.clusters.find((one) => one.uuid === uuid);
      if (cluster === undefined) throw new Error(`The fake cloud has no cluster ${uuid}`);
      putCluster(world, { ...cluster, status, statusReason: reason, faults, operation: undefined });
      save();
    },
    expireTokens: () => {
      for (const id of Object.keys(state.tokens)) Reflect.deleteProperty(state.tokens, id);
    },
    requests: (match = {}) => journal.entries().filter((entry) => matches(match, entry)),
    forget: journal.clear,
    clusters: () => [...state.clusters],
    credentials: () => credentialsOf(world),
    buckets: () =>
      Object.values(state.buckets).map(({ name, projectId, objects }) => ({
        name,
        projectId,
        keys: Object.keys(objects).sort(),
      })),
  };
}

function factsOf({ state, settings, endpoints }: World): CloudFacts {
  const project = (name: string) => ({ id: state.projects.find((one) => one.name === name)?.id ?? '', name });
  return {
    authUrl: `${endpoints.identity}/v3`,
    region: settings.region,
    s3Endpoint: endpoints.objectStore,
    s3Region: settings.s3Region,
    project: project('demo'),
    otherProject: project('other'),
    user: { id: state.users.find(({ name }) => name === 'demo')?.id ?? '', name: 'demo' },
    template: 'k8s',
    keypair: 'demo-key',
    flavor: FLAVORS[0]?.name ?? '',
    externalNetwork: EXTERNAL_NETWORK.name,
  };
}

const secretsOf = ({ state }: World): readonly string[] => [
  ...state.users.map(({ password }) => password),
  ...Object.values(state.applicationCredentials).map(({ secret }) => secret),
  ...Object.values(state.ec2Credentials).map(({ secret }) => secret),
  ...Object.keys(state.tokens),
];

const credentialsOf = ({ state }: World): ReturnType<FakeCloud['credentials']> => [
  ...Object.values(state.ec2Credentials).map(({ access, projectId }) => ({
    kind: 'ec2' as const,
    id: access,
    name: access,
    projectId,
  })),
  ...Object.values(state.applicationCredentials)
    .filter(({ name }) => !name.startsWith('demo-app'))
    .map(({ id, name, projectId }) => ({ kind: 'application' as const, id, name, projectId })),
];
