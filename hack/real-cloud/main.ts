import { createProgress } from '../../terminal/progress.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { parseCommand, type RealCloudCommand } from './options.ts';
import { endCloud, startRealCloud } from './real-cloud.ts';
import { removeRoot } from './root-folder.ts';
import { cloudStatus, statusText } from './status.ts';

/** Runs `npm run real-cloud`. Gives the exit code: 1 when `status` finds no whole cloud. */
export async function realCloudMain(argv: readonly string[]): Promise<number> {
  const command = parseCommand(argv);
  if (command.command === 'status') return show(command);
  const progress = createProgress();
  if (command.command === 'stop') {
    const { state } = cloudStatus(command.root);
    if (state === 'absent') progress.say(`No cloud runs in ${command.root}`);
    else await progress.step('Ending the services', () => endCloud(command.root));
    await removeRoot(command.root);
    return 0;
  }
  if (cloudStatus(command.root).state === 'running') return show(command);
  await prepareMachine(command.kerberos ? ['openstack', 'openstack-kerberos'] : ['openstack'], progress);
  const { root, address, cluster, kerberos } = command;
  await startRealCloud({
    root,
    cluster,
    kerberos,
    detached: true,
    progress,
    ...(address === undefined ? {} : { address }),
  });
  return show(command);
}

function show({ root, json }: RealCloudCommand): number {
  const status = cloudStatus(root);
  console.log(json ? JSON.stringify(status, undefined, 2) : statusText(status));
  return status.state === 'running' ? 0 : 1;
}
