import { parseOptions } from './cluster/options.ts';
import { endWith } from './end-with.ts';
import { createProgress } from '../terminal/progress.ts';
import { prepareMachine } from './setup/prepare-machine.ts';

/** True when the arguments ask for something that needs the packages of a cluster. What cannot be parsed is explained later. */
function needsPackages(argv: readonly string[]): 'cluster' | 'control-plane' | undefined {
  try {
    const { command, controlPlane } = parseOptions(argv);
    if (command !== 'up') return undefined;
    return controlPlane ? 'control-plane' : 'cluster';
  } catch {
    return undefined;
  }
}

// npm run cluster -- …: what the machine lacks first, then the command itself.
await endWith(async () => {
  const purpose = needsPackages(process.argv.slice(2));
  if (purpose !== undefined) await prepareMachine([purpose], createProgress());
  await import('./cluster/main.ts');
  return Number(process.exitCode ?? 0);
});
