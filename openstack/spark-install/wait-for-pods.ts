import type { KubeClient } from '../../kube/client.ts';
import type { Step } from '../../terminal/progress.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { releaseHealth, type ReleaseHealth } from './rollout.ts';

export interface PodsWait {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly release: string;
  readonly timeoutMs: number;
}

const POLL_MS = 1000;

/**
 * Waits until all Deployments of a release run what they were last told to.
 * @throws UserError with exit code 7 when they do not in time, with what Kubernetes says of their pods; 130 on Ctrl-C
 */
export async function waitForPods(
  cli: Pick<Cli, 'now' | 'sleep' | 'interrupted'>,
  wait: PodsWait,
  step: Step,
): Promise<void> {
  const { client, namespace, release, timeoutMs } = wait;
  const end = cli.now().getTime() + timeoutMs;
  for (;;) {
    if (cli.interrupted.aborted) throw new UserError('interrupted', { exitCode: exitCode.interrupted });
    const health = await releaseHealth(client, namespace, release);
    if (health.rollouts.length > 0 && health.rollouts.every(({ done }) => done)) return;
    if (cli.now().getTime() >= end) throw tooLate(wait, health);
    step.update(noteOf(health), shareOf(health));
    await cli.sleep(POLL_MS);
  }
}

const noteOf = ({ rollouts, troubles }: ReleaseHealth): string =>
  troubles[0] ??
  rollouts
    .filter(({ done }) => !done)
    .map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`)
    .join(', ');

function shareOf({ rollouts }: ReleaseHealth): number {
  const wanted = rollouts.reduce((sum, { wanted: count }) => sum + count, 0);
  const ready = rollouts.reduce((sum, { ready: count }) => sum + count, 0);
  return wanted === 0 ? 0 : ready / wanted;
}

function tooLate({ namespace, timeoutMs }: PodsWait, { rollouts, troubles }: ReleaseHealth): UserError {
  const late = rollouts
    .filter(({ done }) => !done)
    .map(({ name, ready, wanted }) => `${name} (${ready} of ${wanted} ready)`);
  const lines = [
    `after ${Math.round(timeoutMs / 1000)} s these Deployments in namespace "${namespace}" do not run yet: ${late.join(', ') || 'none was made'}`,
    ...troubles.slice(0, 5).map((trouble) => `  ${trouble}`),
    `look at: kubectl -n ${namespace} get pods; the same command waits for them again`,
  ];
  return new UserError(lines.join('\n'), { exitCode: exitCode.timedOut });
}
