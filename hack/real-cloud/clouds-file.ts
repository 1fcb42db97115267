import { stringify } from 'yaml';

import type { ApplicationCredential, CloudObjects } from './objects.ts';
import { authUrl, kerberosAuthUrl, REGION, type RigPlan } from './plan.ts';

/** The entries of the cloud's clouds.yaml; one with Kerberos has `demo-kerberos` as well. */
export const CLOUD_NAMES = ['demo', 'demo-app', 'demo-app-unrestricted', 'other', 'admin'] as const;
export type CloudName = (typeof CLOUD_NAMES)[number];

/** The text of clouds.yaml: one entry for each kind of login. It holds passwords. */
export function cloudsYaml(plan: RigPlan, { applicationCredentials }: CloudObjects): string {
  const auth_url = authUrl(plan);
  const usual = { region_name: REGION, interface: 'public', identity_api_version: 3 };
  const password = (username: string, secret: string, project_name: string): object => ({
    auth_type: 'password',
    auth: {
      ...{ auth_url, username, password: secret, project_name },
      ...{ user_domain_name: 'Default', project_domain_name: 'Default' },
    },
    ...usual,
  });
  const application = ({ id, secret }: ApplicationCredential): object => ({
    auth_type: 'v3applicationcredential',
    auth: { auth_url, application_credential_id: id, application_credential_secret: secret },
    ...usual,
  });
  const clouds: Readonly<Record<CloudName, object>> = {
    demo: password('demo', plan.secrets.demo, 'demo'),
    'demo-app': application(applicationCredentials.restricted),
    'demo-app-unrestricted': application(applicationCredentials.unrestricted),
    other: password('other', plan.secrets.other, 'other'),
    admin: password('admin', plan.secrets.admin, 'admin'),
  };
  const kerberos = {
    auth_type: 'v3kerberos',
    auth: { auth_url: kerberosAuthUrl(plan), project_name: 'demo', project_domain_name: 'Default' },
    ...usual,
  };
  return stringify({ clouds: plan.kerberos ? { ...clouds, 'demo-kerberos': kerberos } : clouds });
}
