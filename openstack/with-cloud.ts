import type { Command } from 'commander';

import type { Cli } from './cli.ts';
import type { CloudFlags } from './cloud-config/cloud-flags.ts';
import { cloudFlagsOf } from './cloud-config/cloud-options.ts';
import { loadCloud } from './cloud-config/load-cloud.ts';
import { enterCloud, type OpenCloud } from './enter-cloud.ts';
import { globalFlagsOf } from './global-options.ts';
import { loadProfile } from './site-profile/load-profile.ts';

export type { OpenCloud } from './enter-cloud.ts';

/**
 * Logs in to the cloud that the flags name, for as long as `use` takes: finds its configuration, asks for a cloud, password or
 * project where somebody can answer, says warnings. What fails is explained to people.
 * @throws UserError with an exit code of exit-code.ts
 */
export async function withCloud<T>(cli: Cli, command: Command, use: (cloud: OpenCloud) => Promise<T>): Promise<T> {
  const flags = await withSiteCloud(cli, command);
  const config = await loadCloud(cli, flags);
  for (const warning of config.warnings) cli.terminal.printError(`Warning: ${warning}`);
  if (!config.tls.verify)
    cli.terminal.printError('Warning: certificates are not checked: whoever is in between can read your password');
  return enterCloud(cli, { config, flags }, use);
}

/** The site profile names the cloud where neither flags nor variables do. */
async function withSiteCloud(cli: Cli, command: Command): Promise<CloudFlags> {
  const flags = cloudFlagsOf(command);
  const chosen = flags.osCloud ?? flags.osAuthUrl ?? cli.env['OS_CLOUD'] ?? cli.env['OS_AUTH_URL'];
  if (chosen !== undefined) return flags;
  const { cloud } = await loadProfile(cli, globalFlagsOf(command));
  return cloud === undefined ? flags : { ...flags, osCloud: cloud };
}
