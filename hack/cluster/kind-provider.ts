import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';

import { run, type RunResult } from '../run.ts';
import { binaryPath, buildBinaries } from './binaries.ts';
import { clusterFolder, clusterKubeconfig } from './cluster-record.ts';
import {
  createCommand,
  deleteCommand,
  exportCommand,
  listCommand,
  loadCommand,
  type Engine,
  type KindCommand,
} from './kind-commands.ts';
import type { ClusterProvider } from './provider.ts';

/** A cluster in containers, by kind. */
export function kindProvider(engine: Engine): ClusterProvider {
  return {
    up: async ({ name, nodes, emulatedVersion }, progress) => {
      if (emulatedVersion !== undefined) throw new Error('--emulated-version does not work with kind');
      await buildBinaries(progress, ['kubernetes', 'kind']);
      await mkdir(clusterFolder(name), { recursive: true });
      const create = createCommand({ name, nodes }, engine, clusterKubeconfig(name));
      await progress.step('Creating the kind cluster', () => kind(create), '1 to 3 min');
    },
    down: async (name) => {
      await kind(deleteCommand(name, engine, clusterKubeconfig(name)));
      await rm(clusterFolder(name), { recursive: true, force: true });
    },
    status: async (name) => {
      const names = existsSync(binaryPath('kind', 'kind')) ? (await kind(listCommand(engine))).stdout.split('\n') : [];
      if (!names.includes(name)) return { name, provider: 'kind', state: 'absent', details: [] };
      const kubeconfig = clusterKubeconfig(name);
      if (!existsSync(kubeconfig)) await kind(exportCommand(name, engine, kubeconfig));
      return { name, provider: 'kind', state: 'running', kubeconfig, details: [] };
    },
    load: async (name, image) => {
      await kind(loadCommand(name, engine, image, existsSync(image)));
    },
  };
}

function kind({ args, input, env }: KindCommand): Promise<RunResult> {
  return run(binaryPath('kind', 'kind'), args, input === undefined ? { env } : { env, input });
}
