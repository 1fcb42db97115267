import { run } from '../run.ts';
import type { Engine } from './kind-commands.ts';

/** The container engine that answers. The daemon is asked: an installed client without a daemon is no engine. */
export async function answeringEngine(): Promise<Engine | undefined> {
  for (const engine of ['docker', 'podman'] as const) {
    const answers = await run(engine, ['info'], { signal: AbortSignal.timeout(10_000) }).then(
      () => true,
      () => false,
    );
    if (answers) return engine;
  }
  return undefined;
}
