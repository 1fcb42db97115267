import { stringify } from 'yaml';

import { SERVICE_NETWORK } from './control-plane-args.ts';
import { VERSIONS } from './versions.ts';

/** A container engine that kind can work with. */
export type Engine = 'docker' | 'podman';

/** A command line, with what goes to its standard input and environment. */
export interface KindCommand {
  readonly args: readonly string[];
  readonly input?: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A kind cluster with the same Service network, DNS name and StorageClass name as the bare one. */
export function createCommand(
  { name, nodes }: { readonly name: string; readonly nodes: number },
  engine: Engine,
  kubeconfig: string,
): KindCommand {
  const image = ['--image', `kindest/node:v${VERSIONS.kindNode}`];
  const args = [
    'create',
    'cluster',
    '--name',
    name,
    ...image,
    '--kubeconfig',
    kubeconfig,
    '--wait',
    '120s',
    '--config',
    '-',
  ];
  return { args, input: kindConfiguration(nodes), env: engineEnv(engine) };
}

/** kind's configuration file: the first node runs the control plane and pods, as the bare cluster's does. */
export function kindConfiguration(nodes: number): string {
  const workers = Array.from({ length: nodes - 1 }, () => ({ role: 'worker' }));
  return stringify({
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    networking: { serviceSubnet: SERVICE_NETWORK.cidr },
    nodes: [{ role: 'control-plane' }, ...workers],
  });
}

/** Removes the cluster; kind says nothing when there is none. */
export function deleteCommand(name: string, engine: Engine, kubeconfig: string): KindCommand {
  return { args: ['delete', 'cluster', '--name', name, '--kubeconfig', kubeconfig], env: engineEnv(engine) };
}

/** Prints one name a line. */
export function listCommand(engine: Engine): KindCommand {
  return { args: ['get', 'clusters'], env: engineEnv(engine) };
}

/** Brings an image into every node: an archive file as it is, a reference out of the engine's own store. */
export function loadCommand(name: string, engine: Engine, image: string, isArchive: boolean): KindCommand {
  const what = isArchive ? 'image-archive' : 'docker-image';
  return { args: ['load', what, image, '--name', name], env: engineEnv(engine) };
}

/** Writes the kubeconfig again, for a cluster that exists. */
export function exportCommand(name: string, engine: Engine, kubeconfig: string): KindCommand {
  return { args: ['export', 'kubeconfig', '--name', name, '--kubeconfig', kubeconfig], env: engineEnv(engine) };
}

function engineEnv(engine: Engine): Record<string, string> {
  return { KIND_EXPERIMENTAL_PROVIDER: engine };
}
