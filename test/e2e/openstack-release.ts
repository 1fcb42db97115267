import { readFile } from 'node:fs/promises';

import { expect } from '@jest/globals';

import { CommandError } from '../../hack/run.ts';
import { CHART, type Prepared } from './release.ts';

/** How a helm command ended. */
export interface HelmEnded {
  readonly failed: boolean;
  readonly output: string;
  readonly tookMs: number;
}

/** A release of its own whose hook `openstack-init` works in a cloud. */
export interface OpenStackRelease {
  /** `helm install` with `openstack.enabled` and these values of `openstack`. */
  readonly install: (openstack?: object) => Promise<HelmEnded>;
  /** `helm upgrade --install`, likewise. */
  readonly upgrade: (openstack?: object) => Promise<HelmEnded>;
  readonly uninstall: () => Promise<HelmEnded>;
  /** kubectl in the release's namespace. */
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
  /** Makes the Secret with a clouds.yaml. */
  readonly giveClouds: (file: string) => Promise<void>;
  /** Everything that helm printed. */
  readonly told: readonly string[];
  /** Removes the release and its namespaces, waiting for them to be gone or not. */
  readonly remove: (wait: boolean) => Promise<void>;
}

export interface OpenStackReleaseOptions {
  readonly release: string;
  readonly namespace: string;
  /** The one job namespace. */
  readonly team: string;
}

/** Makes the two namespaces anew, the release's own with the restricted Pod Security Standard. Nothing is installed yet. */
export async function openStackRelease(
  cluster: Prepared,
  { release, namespace, team }: OpenStackReleaseOptions,
): Promise<OpenStackRelease> {
  const told: string[] = [];
  const kubectl = (...args: readonly string[]): Promise<string> => cluster.kubectl.text(['-n', namespace, ...args]);
  const helm = (...args: readonly string[]): Promise<HelmEnded> =>
    timed(told, () => cluster.helm([...args, '--namespace', namespace]));
  const values = (openstack: object = {}): readonly string[] => [
    ...cluster.values([team], {
      openstack: { enabled: true, cloud: 'demo', clusterName: 'demo', ...openstack },
      webhook: { replicas: 1 },
    }),
    ...['--wait', '--timeout', '5m'],
  ];
  const remove = async (wait: boolean): Promise<void> => {
    const gone = wait ? ['--wait', '--timeout', '300s'] : ['--wait=false'];
    await cluster
      .helm(['uninstall', release, '--namespace', namespace, '--ignore-not-found', '--wait'])
      .catch(() => '');
    await cluster.kubectl.text(['delete', 'namespace', namespace, team, '--ignore-not-found', ...gone]);
  };
  await remove(true);
  await cluster.ensureNamespaces([namespace, team]);
  const restricted = 'pod-security.kubernetes.io/enforce=restricted';
  await cluster.kubectl.text(['label', 'namespace', namespace, restricted, '--overwrite']);
  return {
    install: (openstack) => helm('install', release, CHART, ...values(openstack)),
    upgrade: (openstack) => helm('upgrade', '--install', release, CHART, ...values(openstack)),
    uninstall: () => helm('uninstall', release, '--wait', '--timeout', '2m', '--ignore-not-found'),
    kubectl,
    giveClouds: async (file) => {
      const stringData = { 'clouds.yaml': await readFile(file, 'utf8') };
      const metadata = { name: 'openstack-clouds', namespace };
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData };
      await cluster.kubectl.text(['apply', '-f', '-'], JSON.stringify(secret));
    },
    told,
    remove,
  };
}

/** Runs helm; an error of helm is an end like others. */
async function timed(told: string[], helm: () => Promise<string>): Promise<HelmEnded> {
  const started = Date.now();
  const end = (failed: boolean, output: string): HelmEnded => {
    told.push(output);
    return { failed, output, tookMs: Date.now() - started };
  };
  try {
    return end(false, await helm());
  } catch (error) {
    if (error instanceof CommandError) return end(true, `${error.stdout}\n${error.stderr}`);
    throw error;
  }
}

/** The one line of a hook in what helm printed. */
export function lineOf(output: string, hook = 'openstack-init'): unknown {
  const lines = output.split('\n').filter((line) => line.startsWith(`{"hook":"${hook}"`));
  expect({ output, lines: lines.length }).toMatchObject({ lines: 1 });
  return JSON.parse(lines[0] ?? '') as unknown;
}
