import type { CloudFlags } from './cloud-flags.ts';
import type { Layer } from './raw-cloud.ts';

/** The flags and the keys of clouds.yaml they stand for. */
const keys = {
  osAuthUrl: 'auth_url',
  osAuthType: 'auth_type',
  osUsername: 'username',
  osUserId: 'user_id',
  osUserDomainName: 'user_domain_name',
  osUserDomainId: 'user_domain_id',
  osProjectName: 'project_name',
  osProjectId: 'project_id',
  osProjectDomainName: 'project_domain_name',
  osProjectDomainId: 'project_domain_id',
  osApplicationCredentialId: 'application_credential_id',
  osApplicationCredentialName: 'application_credential_name',
  osCacert: 'cacert',
  osCert: 'cert',
  osKey: 'key',
  region: 'region_name',
  interface: 'interface',
  insecure: 'insecure',
} as const satisfies Partial<Record<keyof CloudFlags, string>>;

/** Ids of Keystone are 32 hexadecimal digits; a project may be called by its name or its id. */
const ID = /^[0-9a-f]{32}$/;

/** What the command line says about the cloud. */
export function flagsLayer(flags: CloudFlags): Layer {
  const raw: Record<string, string | boolean> = {};
  for (const [flag, key] of Object.entries(keys)) {
    const value = flags[flag as keyof typeof keys];
    if (value !== undefined) raw[key] = value;
  }
  const { project } = flags;
  if (project !== undefined) raw[ID.test(project) ? 'project_id' : 'project_name'] = project;
  return { raw, origin: 'the command line', nameOf };
}

function nameOf(key: string): string {
  const flag = Object.entries(keys).find(([, stands]) => stands === key)?.[0] ?? key;
  return `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
