import { describe, expect, it } from '@jest/globals';

import type { Auth } from '../cloud-config/cloud-config.ts';
import { keystonePlugin } from './keystone-plugin.ts';

const login = {
  user: { id: 'u', name: 'eva', domainName: 'Users' },
  project: { id: 'p', name: 'team', domainName: 'Default' },
};
const authUrl = 'https://keystone.example.org/v3';
const password: Auth = {
  method: 'password',
  user: { id: undefined, name: 'eva', domain: undefined },
  password: 's3cret',
  scope: { kind: 'unscoped' },
};
const credential: Auth = {
  method: 'application_credential',
  id: 'c',
  name: undefined,
  user: undefined,
  secret: 's3cret',
};
const open = { name: 'demo', labels: { keystone_auth_enabled: 'True' } };

describe('a login through Keystone', () => {
  const cases: Record<string, { given: Auth; want: string[] }> = {
    'names user and project': {
      given: password,
      want: [`--keystone-url=${authUrl}`, '--domain-name=Users', '--user-name=eva', '--project-name=team'],
    },
    'leaves both to an application credential': {
      given: credential,
      want: [`--keystone-url=${authUrl}`, '--domain-name=Users'],
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const plugin = keystonePlugin(open, { authUrl, auth: given }, login);
    expect(plugin).toMatchObject({ command: 'client-keystone-auth', args: want });
    expect(JSON.stringify(plugin)).not.toContain('s3cret');
  });

  it.each([undefined, {}, { keystone_auth_enabled: 'false' }])(
    'is refused by a cluster with the labels %j',
    (labels) => {
      const cluster = labels === undefined ? { name: 'demo' } : { name: 'demo', labels };
      expect(() => keystonePlugin(cluster, { authUrl, auth: password }, login)).toThrow('keystone_auth_enabled=true');
    },
  );
});
