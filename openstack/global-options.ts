import type { Command } from 'commander';

import { addCloudOptions } from './cloud-config/cloud-options.ts';

/** Flags that every command understands, beside those that choose the cloud (cloud-config/cloud-options.ts). */
export interface GlobalFlags {
  readonly yes?: boolean;
  readonly nonInteractive?: boolean;
  readonly debug?: boolean;
  readonly profileFile?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Adds the flags that may stand before or after any command. */
export const addGlobalOptions = (command: Command): Command =>
  addCloudOptions(command)
    .option('-y, --yes', 'do not ask before something is deleted or replaced')
    .option('--non-interactive', 'ask nothing: what is missing is an error (always so in pipes and where CI is set)')
    .option('--debug', 'show each request to OpenStack: method, URL, status, time and request id, never a secret')
    .option(
      '--profile-file <file>',
      'site profile (default: $OPSPARKCTL_PROFILE, ./opsparkctl.yaml, ~/.config/opsparkctl, /etc/opsparkctl)',
    )
    .option('-k, --kubeconfig <file>', 'kubeconfig file (default: the files in $KUBECONFIG, else ~/.kube/config)')
    .option('--context <name>', 'context of the kubeconfig (default: its current context)');

/** The flags of a command and of all above it. commander promises their types by the definitions above. */
export const globalFlagsOf = (command: Command): GlobalFlags => command.optsWithGlobals<GlobalFlags>();

/** What the world has to know of the command line before commander reads it. */
export interface Manner {
  readonly debug: boolean;
  readonly interactive: boolean;
}

/** Both flags take no value, so they are found without knowing the command. */
export function mannerOf(args: readonly string[]): Manner {
  const end = args.indexOf('--');
  const flags = end < 0 ? args : args.slice(0, end);
  return { debug: flags.includes('--debug'), interactive: !flags.includes('--non-interactive') };
}
