import type { Command } from 'commander';

import type { Cli } from './cli.ts';
import { cloudFlagsOf } from './cloud-config/cloud-options.ts';
import { loadCloud } from './cloud-config/load-cloud.ts';
import { enterCloud, type OpenCloud } from './enter-cloud.ts';

export type { OpenCloud } from './enter-cloud.ts';

/**
 * Logs in to the cloud that the flags name, for as long as `use` takes: finds its configuration, asks for a cloud, password or
 * project where somebody can answer, says warnings. What fails is explained to people.
 * @throws UserError with an exit code of exit-code.ts
 */
export async function withCloud<T>(cli: Cli, command: Command, use: (cloud: OpenCloud) => Promise<T>): Promise<T> {
  const flags = cloudFlagsOf(command);
  const config = await loadCloud(cli, flags);
  for (const warning of config.warnings) cli.terminal.printError(`Warning: ${warning}`);
  if (!config.tls.verify)
    cli.terminal.printError('Warning: certificates are not checked: whoever is in between can read your password');
  return enterCloud(cli, { config, flags }, use);
}
