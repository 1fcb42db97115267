import { createProgress, type Progress } from '../../terminal/progress.ts';
import { buildBinaries } from './binaries.ts';
import { clusterDown, clusterLoad, clusterStatus, clusterUp } from './cluster.ts';
import { parseOptions, USAGE, UsageError, type ClusterCommand, type ClusterOptions } from './options.ts';
import type { ClusterStatus } from './provider.ts';

type Action = (options: ClusterOptions, progress: Progress) => Promise<void>;

const actions: Readonly<Record<ClusterCommand, Action>> = {
  up: async (options, progress) => show(await clusterUp(options, progress)),
  down: clusterDown,
  status: async (options) => {
    const status = await clusterStatus(options);
    show(status);
    process.exitCode = status.state === 'running' ? 0 : 1;
  },
  load: (options, progress) => clusterLoad(options, options.images, progress),
  kubeconfig: async (options) => {
    const { state, kubeconfig } = await clusterStatus(options);
    if (state !== 'running' || kubeconfig === undefined) {
      throw new Error(`The cluster "${options.name}" is not running; make it with: npm run cluster -- up`);
    }
    console.log(kubeconfig);
  },
  build: (_options, progress) => buildBinaries(progress, ['kubernetes', 'coredns', 'node-programs', 'helm']),
};

function show({ name, provider, state, server, kubeconfig, hostAddress, details }: ClusterStatus): void {
  console.log(`Cluster "${name}": ${state}${state === 'absent' ? '' : ` (${provider})`}`);
  for (const detail of details) console.log(`  ${detail}`);
  if (state !== 'running') return;
  if (server !== undefined) console.log(`  API server: ${server}`);
  if (hostAddress !== undefined) console.log(`  this machine, as pods reach it: ${hostAddress}`);
  if (kubeconfig !== undefined) console.log(`  export KUBECONFIG=${kubeconfig}`);
}

async function main(argv: readonly string[]): Promise<void> {
  const options = parseOptions(argv);
  await actions[options.command](options, createProgress());
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
