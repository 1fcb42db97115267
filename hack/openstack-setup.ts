import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openKubernetes } from '../openstack/open-kubernetes.ts';
import { sleepUntil } from '../terminal/interruptions.ts';
import { createProgress } from '../terminal/progress.ts';
import { endWith } from './end-with.ts';
import { interruptSignal } from './interrupts.ts';
import { parseSetupArguments, USAGE, type SetupRequest } from './openstack-setup/arguments.ts';
import { setup } from './openstack-setup/setup.ts';
import { smokeTest } from './openstack-setup/smoke-test.ts';
import { run } from './run.ts';

const OPSPARKCTL = join(import.meta.dirname, '../openstack/main.ts');

// npm run openstack-setup: a cluster on OpenStack, the operator, Pi, and away with it. For CI: nothing is asked, and the kubeconfig
// of whoever runs it stays as it is.
await endWith(async () => {
  const request = parseSetupArguments(process.argv.slice(2), randomBytes(3).toString('hex'));
  if (request === 'help') {
    console.log(USAGE);
    return 0;
  }
  const interrupted = interruptSignal();
  const folder = await mkdtemp(join(tmpdir(), 'openstack-setup-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const progress = createProgress();
  const world = {
    progress,
    interrupted,
    opsparkctl: opsparkctlFor(request, kubeconfig),
    smokeTest: () => runSmokeTest(request, kubeconfig, interrupted),
  };
  try {
    await setup(world, request);
    if (request.keep) console.log(`export KUBECONFIG=${kubeconfig}`);
  } finally {
    if (!request.keep) await rm(folder, { recursive: true, force: true });
  }
  return 0;
});

/** Its own progress is shown as it comes: creating a cluster takes minutes. */
function opsparkctlFor(
  { program, cloud }: SetupRequest,
  kubeconfig: string,
): (args: readonly string[]) => Promise<string> {
  const [command = '', ...first] = program === undefined ? [process.execPath, OPSPARKCTL] : [program];
  const more = ['--non-interactive', '--kubeconfig', kubeconfig, ...(cloud === undefined ? [] : ['--os-cloud', cloud])];
  return async (args) => (await run(command, [...first, ...args, ...more], { quiet: false })).stdout;
}

async function runSmokeTest(request: SetupRequest, kubeconfig: string, interrupted: AbortSignal): Promise<void> {
  const kubernetes = await openKubernetes({ file: kubeconfig }, []);
  const sleep = (milliseconds: number): Promise<void> => sleepUntil(milliseconds, interrupted);
  try {
    await smokeTest({ kubernetes, now: Date.now, sleep, interrupted }, request);
  } finally {
    await kubernetes.close();
  }
}
