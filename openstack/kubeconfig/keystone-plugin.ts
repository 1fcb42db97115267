import { UserError } from '../../terminal/user-error.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import type { Login } from '../identity/session.ts';
import type { PluginEntry } from './entry.ts';

/** Whether the cluster's API server asks Keystone about tokens: Magnum sets that up for the label. */
const acceptsTokens = ({ labels = {} }: Pick<Cluster, 'labels'>): boolean =>
  labels['keystone_auth_enabled']?.toLowerCase() === 'true';

/**
 * The program of cloud-provider-openstack that gets a Keystone token when kubectl needs one. It reads the password from OS_PASSWORD
 * or asks for it: no secret is written.
 * @throws UserError when the cluster does not accept Keystone's tokens
 */
export function keystonePlugin(
  cluster: Pick<Cluster, 'name' | 'labels'>,
  { authUrl, auth }: Pick<CloudConfig, 'authUrl' | 'auth'>,
  { user, project }: Pick<Login, 'user' | 'project'>,
): PluginEntry['plugin'] {
  if (!acceptsTokens(cluster))
    throw new UserError(
      `Cluster "${cluster.name}" does not accept Keystone's tokens: it was made without the label keystone_auth_enabled=true. ` +
        'Use --user admin, or --user sa:NAMESPACE/NAME',
    );
  const named = auth.method === 'application_credential' ? [] : [`--user-name=${user.name}`];
  const scoped =
    auth.method === 'application_credential' || project === undefined ? [] : [`--project-name=${project.name}`];
  return {
    command: 'client-keystone-auth',
    args: [`--keystone-url=${authUrl}`, `--domain-name=${user.domainName}`, ...named, ...scoped],
    installHint:
      'client-keystone-auth is part of cloud-provider-openstack: https://github.com/kubernetes/cloud-provider-openstack',
  };
}
