import { type Command, Option } from 'commander';

import type { CloudFlags } from './cloud-flags.ts';

const HEADING = 'Cloud options (each may be in clouds.yaml or an OS_* variable):';

const options: readonly (readonly [string, string])[] = [
  ['--os-cloud <name>', 'entry of clouds.yaml (default: $OS_CLOUD, or the only entry)'],
  ['--project <name or id>', 'project to work in (default: that of the entry; asked for on a terminal)'],
  ['--region <name>', "region (default: the catalog's only one)"],
  ['--interface <name>', 'endpoints to use: public, internal or admin (default: public)'],
  ['--os-auth-url <url>', "Keystone's URL"],
  ['--os-auth-type <name>', 'password, v3applicationcredential, v3token or v3kerberos (default: by what is given)'],
  ['--os-username <name>', 'user; the password comes from $OS_PASSWORD, secure.yaml or a question'],
  ['--os-user-id <id>', 'user by id'],
  ['--os-user-domain-name <name>', 'domain of the user (default: Default)'],
  ['--os-user-domain-id <id>', 'domain of the user by id'],
  ['--os-project-name <name>', 'project by name'],
  ['--os-project-id <id>', 'project by id'],
  ['--os-project-domain-name <name>', "domain of the project (default: the user's)"],
  ['--os-project-domain-id <id>', 'domain of the project by id'],
  ['--os-application-credential-id <id>', 'application credential; its secret is $OS_APPLICATION_CREDENTIAL_SECRET'],
  ['--os-application-credential-name <name>', 'application credential by name, with its user'],
  ['--os-cacert <file>', "certificates (PEM) of the authorities of the cloud's services"],
  ['--os-cert <file>', 'certificate (PEM) to show to the services'],
  ['--os-key <file>', 'key (PEM) of that certificate'],
  ['--insecure', "do not check the services' certificates: whoever is in between may read the password"],
];

/** Gives a command the flags that choose the cloud. */
export function addCloudOptions(command: Command): Command {
  for (const [flags, description] of options) command.addOption(new Option(flags, description).helpGroup(HEADING));
  return command;
}

/** What the command line says about the cloud, wherever on it the flags stand. */
export const cloudFlagsOf = (command: Command): CloudFlags => command.optsWithGlobals<CloudFlags>();
