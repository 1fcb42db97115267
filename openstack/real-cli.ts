import { defaultKubeconfigFiles } from '../kube/kubeconfig-merge.ts';
import { createProgress, type ProgressOutput } from '../terminal/progress.ts';
import type { Cli } from './cli.ts';
import { openSession } from './identity/open-session.ts';
import { openBucket } from './object-store/open-bucket.ts';
import { openKubernetes } from './open-kubernetes.ts';
import { runHelm } from './spark-install/run-helm.ts';

/** What of the world differs between a process at a keyboard and a test. */
export type Surroundings = Pick<
  Cli,
  'terminal' | 'ask' | 'env' | 'home' | 'workingFolder' | 'random' | 'now' | 'sleep' | 'interrupted'
> & {
  /** Where progress goes: standard error. */
  readonly progress: ProgressOutput;
  /** Shows each request to OpenStack. */
  readonly debug: boolean;
};

/** The Cli that talks to real clouds, object stores and clusters, and runs the real Helm. */
export function realCli({ progress, debug, ...surroundings }: Surroundings): Cli {
  const { env, home, interrupted, now, terminal } = surroundings;
  const session = { ...surroundings, ...(debug ? { debug: (line: string) => terminal.printError(line) } : {}) };
  return {
    ...surroundings,
    progress: createProgress(progress, () => now().getTime()),
    openSession: (config) => openSession(config, session),
    openBucket,
    openKubernetes: (choice) => openKubernetes(choice, defaultKubeconfigFiles(env, home)),
    helm: runHelm({ env, interrupted }),
  };
}
