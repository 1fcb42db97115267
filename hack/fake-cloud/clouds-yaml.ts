import { stringify } from 'yaml';
import type { CloudState, User } from './state.ts';

export interface CloudsYamlOptions {
  /** Keystone's URL with `/v3`. */
  readonly authUrl: string;
  readonly region: string;
  /** The authority of the fake's own certificate. */
  readonly caFile: string | undefined;
}

/**
 * The text of a clouds.yaml with an entry for each way to log in: `demo`, `demo-staging` (passwords with a project),
 * `demo-unscoped`, `demo-wrong` (a wrong password), `demo-app`, `demo-app-unrestricted`, `demo-app-expired` (application
 * credentials), `demo-kerberos`, `other`, `admin`.
 */
export function cloudsYaml(state: CloudState, options: CloudsYamlOptions): string {
  const entry = (authType: string, auth: object): object => ({
    auth_type: authType,
    auth: { auth_url: options.authUrl, ...auth },
    region_name: options.region,
    interface: 'public',
    identity_api_version: 3,
    ...(options.caFile === undefined ? {} : { cacert: options.caFile }),
  });
  const password = (user: User, project?: string): object =>
    entry('password', {
      username: user.name,
      password: user.password,
      user_domain_name: 'Default',
      ...(project === undefined ? {} : { project_name: project, project_domain_name: 'Default' }),
    });
  const clouds: Record<string, object> = {};
  for (const user of state.users) clouds[user.name] = password(user, user.name);
  const demo = state.users.find(({ name }) => name === 'demo');
  if (demo !== undefined) {
    clouds['demo-staging'] = password(demo, 'demo-staging');
    clouds['demo-unscoped'] = password(demo);
    clouds['demo-wrong'] = password({ ...demo, password: `not-${demo.password}` }, 'demo');
    clouds['demo-kerberos'] = entry('v3kerberos', { project_name: 'demo', project_domain_name: 'Default' });
  }
  for (const { id, name, secret, userId } of Object.values(state.applicationCredentials))
    if (userId === demo?.id && name.startsWith('demo-app'))
      clouds[name] = entry('v3applicationcredential', {
        application_credential_id: id,
        application_credential_secret: secret,
      });
  return stringify({ clouds });
}
