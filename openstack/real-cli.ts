import { defaultKubeconfigFiles } from '../kube/kubeconfig-merge.ts';
import { createProgress, type ProgressOutput } from '../terminal/progress.ts';
import { UserError } from '../terminal/user-error.ts';
import type { Cli } from './cli.ts';
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
  const { env, home, interrupted, now } = surroundings;
  return {
    ...surroundings,
    progress: createProgress(progress, () => now().getTime()),
    openSession: () => missing(`the login${debug ? ' (with --debug)' : ''}`),
    openBucket: () => missing('the object store'),
    openKubernetes: (choice) => openKubernetes(choice, defaultKubeconfigFiles(env, home)),
    helm: runHelm({ env, interrupted }),
  };
}

const missing = (what: string): never => {
  throw new UserError(`this build of opsparkctl comes without ${what}`);
};
