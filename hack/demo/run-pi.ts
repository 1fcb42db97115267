import { join } from 'node:path';

import { stateOf, type SeenApplication } from '../../test/e2e/application.ts';
import { kubectlFor } from '../../test/e2e/kubectl.ts';
import type { Progress } from '../../terminal/progress.ts';
import { run } from '../run.ts';
import { executorCount, look, piOf, statusLines, storyLine, type Look } from './story.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = 'examples/spark-pi-python.yaml';
const PATH = '/apis/sparkoperator.k8s.io/v1beta2/namespaces/default/sparkapplications';
export const NAME = 'spark-pi-python';

/** How the run of the example went. */
export interface PiRun {
  readonly completed: boolean;
  readonly pi: string | undefined;
  readonly executors: number;
  /** Lines of the final status, for people. */
  readonly status: readonly string[];
  /** The end of the driver's log. */
  readonly log: string;
}

/** Submits the example with sparkctl, and tells each change of its state as it comes. */
export async function runPi(kubeconfig: string, progress: Progress): Promise<PiRun> {
  const kubectl = kubectlFor(kubeconfig);
  await kubectl.text(['delete', 'sparkapplication', NAME, '--ignore-not-found', '--wait']);
  await kubectl.text(['wait', '--for=delete', `pod/${NAME}-driver`, '--timeout=60s']);
  const sparkctl = [join(ROOT, 'sparkctl/main.ts'), 'create', join(ROOT, EXAMPLE)];
  progress.say(`$ sparkctl create ${EXAMPLE}`);
  // The watch comes first, so that it sees the application from its first moment.
  const [app] = await Promise.all([
    kubectl.until<SeenApplication, SeenApplication>({
      path: `${PATH}?fieldSelector=metadata.name=${NAME}`,
      what: `${NAME} to end`,
      timeoutMs: 180_000,
      found: teller(progress),
    }),
    run(process.execPath, sparkctl, { env: { KUBECONFIG: kubeconfig } }),
  ]);
  const log = await kubectl.text(['logs', `${NAME}-driver`]).catch(() => 'The driver has left no log');
  return {
    completed: stateOf(app) === 'COMPLETED',
    pi: piOf(log),
    executors: executorCount(app),
    status: [...statusLines(app), app.status?.applicationState?.errorMessage ?? ''].filter(Boolean),
    log: log.trimEnd().split('\n').slice(-20).join('\n'),
  };
}

/** Tells what is new at each look, with the time since the first, and finds the application when it has ended. */
function teller(progress: Progress): (app: SeenApplication) => SeenApplication | undefined {
  let before: Look | undefined;
  let first: number | undefined;
  return (app) => {
    const now = look(app);
    first ??= Date.now();
    const line = storyLine(before, now, Date.now() - first);
    if (line !== undefined) progress.say(line);
    before = now;
    return ['COMPLETED', 'FAILED'].includes(now.state) ? app : undefined;
  };
}
