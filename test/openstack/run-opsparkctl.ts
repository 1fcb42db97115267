import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { realCli } from '../../openstack/real-cli.ts';
import { run } from '../../openstack/run.ts';
import type { Ask } from '../../terminal/ask.ts';
import { capturedWorld } from './captured-world.ts';

/** A cloud to talk to: the fake, or real services. */
export interface CloudFiles {
  /** A clouds.yaml that names it. */
  readonly cloudsFile: string;
  /** Its entry there (default `demo`). */
  readonly cloudName?: string;
}

export interface OpsparkctlRun {
  /** Left out: no cloud is described anywhere. */
  readonly cloud?: CloudFiles | undefined;
  /** The person's home folder (default: an empty one, removed afterwards). */
  readonly home?: string | undefined;
  /** Added to the environment, which has nothing but PATH, HOME and the cloud. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Answers menus and questions (default: nobody is there). */
  readonly ask?: Ask;
  readonly interrupted?: AbortSignal;
  /** How much faster waiting goes (default 100; 1 with real services, which need their time). */
  readonly hurry?: number;
}

export interface OpsparkctlEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs one command line (without `opsparkctl`) in this process, with everything real except the streams, the home folder, the
 * environment and the time that waiting takes.
 */
export async function runOpsparkctl(args: readonly string[], options: OpsparkctlRun = {}): Promise<OpsparkctlEnd> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'opsparkctl-home-')));
  const env = { ...environment(home, options.cloud), ...options.env };
  const { ask, interrupted, hurry = 100 } = options;
  const world = capturedWorld({ args, env, home, ask, interrupted, hurry });
  try {
    const code = await run(args, realCli(world.surroundings));
    return { code, out: world.out(), err: world.err() };
  } finally {
    if (options.home === undefined) await rm(home, { recursive: true, force: true });
  }
}

/** What a shell of a person with this home folder would pass on. */
export const environment = (home: string, cloud: CloudFiles | undefined): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  ...(cloud === undefined ? {} : { OS_CLIENT_CONFIG_FILE: cloud.cloudsFile, OS_CLOUD: cloud.cloudName ?? 'demo' }),
});
