import { buildBinaries } from './cluster/binaries.ts';
import { endWith } from './end-with.ts';
import { createProgress } from '../terminal/progress.ts';
import { prepareMachine } from './setup/prepare-machine.ts';

// npm run bench -- …: the control plane's programs first, then the benchmark itself.
await endWith(async () => {
  const hasOwnCluster = process.argv.some((argument) => argument.startsWith('--kubeconfig'));
  if (!hasOwnCluster) {
    const progress = createProgress();
    await prepareMachine(['control-plane'], progress);
    await buildBinaries(progress, ['kubernetes', 'helm']);
  }
  await import('../test/bench/main.ts');
  return Number(process.exitCode ?? 0);
});
