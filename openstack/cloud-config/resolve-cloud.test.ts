import { describe, expect, it } from '@jest/globals';

import type { CloudFlags } from './cloud-flags.ts';
import type { CloudsFile } from './cloud-files.ts';
import type { Environment } from './environment.ts';
import type { RawCloud } from './raw-cloud.ts';
import { type CloudWish, resolveCloud } from './resolve-cloud.ts';

interface Given {
  readonly clouds?: Readonly<Record<string, RawCloud>>;
  readonly secure?: Readonly<Record<string, RawCloud>>;
  readonly vendors?: Readonly<Record<string, RawCloud>>;
  readonly env?: Environment;
  readonly flags?: CloudFlags;
  readonly mode?: number;
}

const file = (path: string, clouds: Given['clouds'], mode = 0o600): CloudsFile | undefined =>
  clouds === undefined ? undefined : { path, mode, clouds };

const resolve = ({ clouds, secure, vendors, env = {}, flags = {}, mode }: Given): CloudWish =>
  resolveCloud({
    files: {
      clouds: file('/c/clouds.yaml', clouds, mode),
      secure: file('/c/secure.yaml', secure),
      vendors: file('/c/clouds-public.yaml', vendors),
      looked: ['./clouds.yaml', '/etc/openstack/clouds.yaml'],
    },
    env,
    flags,
  });

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

const auth = { auth_url: 'https://k/v3', username: 'ada', password: 'geheim', project_name: 'lab' };
const inDefault = { id: 'default', name: undefined };
const ada = { id: undefined, name: 'ada', domain: inDefault };
const lab = { kind: 'project', id: undefined, name: 'lab', domain: inDefault };

describe('one cloud of files, variables and flags', () => {
  const cases: Record<string, { given: Given; want: Partial<CloudWish> }> = {
    'the only entry of clouds.yaml needs no word': {
      given: { clouds: { one: { auth, region_name: 'R' } } },
      want: {
        name: 'one',
        source: '/c/clouds.yaml',
        authUrl: 'https://k/v3',
        auth: { method: 'password', user: ada, password: 'geheim', scope: lab },
        region: 'R',
        interface: 'public',
        warnings: [],
      } as Partial<CloudWish>,
    },
    'secure.yaml lies over clouds.yaml': {
      given: {
        clouds: { one: { auth: { ...auth, password: 'old' } } },
        secure: { one: { auth: { password: 'new' } } },
      },
      want: { auth: { method: 'password', user: ada, password: 'new', scope: lab } as CloudWish['auth'] },
    },
    'a profile of clouds-public.yaml lies below the entry': {
      given: {
        clouds: { one: { profile: 'vendor', auth: { ...auth, auth_url: undefined } } },
        vendors: { vendor: { auth: { auth_url: 'https://vendor' }, region_name: 'V', interface: 'internal' } },
      },
      want: { authUrl: 'https://vendor/v3', region: 'V', interface: 'internal' },
    },
    'a variable lies over the entry and is mentioned': {
      given: { clouds: { one: { auth, region_name: 'R' } }, env: { OS_CLOUD: 'one', OS_REGION_NAME: 'E' } },
      want: {
        region: 'E',
        warnings: ['OS_REGION_NAME of the environment takes the place of region_name of cloud "one" in /c/clouds.yaml'],
      },
    },
    'a flag lies over a variable': {
      given: { clouds: { one: { auth } }, env: { OS_REGION_NAME: 'E' }, flags: { region: 'F', osCloud: 'one' } },
      want: { region: 'F' },
    },
    'variables alone make a cloud': {
      given: {
        env: {
          OS_AUTH_URL: 'https://k:5000/',
          OS_USERNAME: 'ada',
          OS_PASSWORD: 'geheim',
          OS_USER_DOMAIN_NAME: 'Work',
          OS_TENANT_NAME: 'lab',
        },
      },
      want: {
        name: 'envvars',
        source: 'the environment',
        authUrl: 'https://k:5000/v3',
        auth: {
          method: 'password',
          user: { ...ada, domain: { id: undefined, name: 'Work' } },
          password: 'geheim',
          scope: { kind: 'project', id: undefined, name: 'lab', domain: { id: undefined, name: 'Work' } },
        },
      },
    },
    'variables with a URL do not mix with a file that nobody named': {
      given: { clouds: { a: { auth }, b: { auth } }, env: { OS_AUTH_URL: 'https://e', OS_TOKEN: 't' } },
      want: { name: 'envvars', auth: { method: 'token', token: 't', scope: { kind: 'unscoped' } } },
    },
    'an application credential by id': {
      given: {
        clouds: {
          one: {
            auth_type: 'v3applicationcredential',
            auth: { auth_url: 'https://k', application_credential_id: 'i', application_credential_secret: 's' },
          },
        },
      },
      want: {
        auth: { method: 'application_credential', id: 'i', name: undefined, user: undefined, secret: 's' },
      },
    },
    'an application credential by name has its user': {
      given: {
        clouds: {
          one: { auth: { ...auth, application_credential_name: 'n', application_credential_secret: 's' } },
        },
      },
      want: {
        auth: { method: 'application_credential', id: undefined, name: 'n', user: ada, secret: 's' },
      },
    },
    'a secret of the environment decides about the kind of login': {
      given: { clouds: { one: { auth_type: 'password', auth } }, env: { OS_CLOUD: 'one', OS_TOKEN: 't' } },
      want: { auth: { method: 'token', token: 't', scope: lab } as CloudWish['auth'] },
    },
    'a password left over from another cloud is mentioned': {
      given: {
        clouds: { one: { auth: { ...auth, password: undefined, application_credential_secret: 's' } } },
        env: { OS_CLOUD: 'one', OS_PASSWORD: 'p' },
      },
      want: {
        auth: { method: 'password', user: ada, password: 'p', scope: lab } as CloudWish['auth'],
        warnings: [
          'OS_PASSWORD of the environment takes the place of application_credential_secret of cloud "one" in ' +
            '/c/clouds.yaml',
        ],
      },
    },
    'Kerberos needs no secret': {
      given: { clouds: { one: { auth_type: 'v3kerberos', auth: { auth_url: 'https://k/krb/v3' } } } },
      want: { authUrl: 'https://k/krb/v3', auth: { method: 'kerberos', scope: { kind: 'unscoped' } } },
    },
    'a password that nobody told is left open': {
      given: { clouds: { one: { auth: { ...auth, password: undefined } } } },
      want: { auth: { method: 'password', user: ada, password: undefined, scope: lab } as CloudWish['auth'] },
    },
    'YAML reads a password of digits as a number': {
      given: { clouds: { one: { auth: { ...auth, password: 12345 } } } },
      want: { auth: { method: 'password', user: ada, password: '12345', scope: lab } as CloudWish['auth'] },
    },
    '--project by id beats the name of the file': {
      given: { clouds: { one: { auth } }, flags: { project: 'ec352e7277f6f7153305b9966ee6348c' } },
      want: {
        auth: {
          method: 'password',
          user: ada,
          password: 'geheim',
          scope: { kind: 'project', id: 'ec352e7277f6f7153305b9966ee6348c', name: undefined, domain: undefined },
        },
      },
    },
    'the first of several regions, with its own settings': {
      given: {
        clouds: {
          one: { auth, interface: 'public', regions: [{ name: 'N', values: { interface: 'internal' } }, 'S'] },
        },
      },
      want: { region: 'N', interface: 'internal' },
    },
    'another of several regions by flag': {
      given: {
        clouds: { one: { auth, regions: [{ name: 'N', values: { interface: 'internal' } }, 'S'] } },
        flags: { region: 'S' },
      },
      want: { region: 'S', interface: 'public' },
    },
    'endpoints that take the place of the catalog': {
      given: {
        clouds: {
          one: { auth, container_infra_endpoint_override: 'https://m/v1/', dns_endpoint_override: 'https://d' },
        },
        env: { OS_CLOUD: 'one', OS_COMPUTE_ENDPOINT_OVERRIDE: 'https://n' },
      },
      want: { endpointOverrides: { 'container-infra': 'https://m/v1', compute: 'https://n' } },
    },
    'verify: false is obeyed, and a flag lies over it': {
      given: { clouds: { one: { auth, verify: true, cacert: '/ca.pem' } }, flags: { insecure: true } },
      want: { tls: { caFile: '/ca.pem', certFile: undefined, keyFile: undefined, verify: false } },
    },
    'a file with a secret that others can read': {
      given: { clouds: { one: { auth } }, mode: 0o644 },
      want: { warnings: ['others can read /c/clouds.yaml, which holds a secret: chmod 600 /c/clouds.yaml'] },
    },
    'a file that others can read without a secret in it': {
      given: { clouds: { one: { auth: { ...auth, password: undefined } } }, mode: 0o644, env: { OS_CLOUD: 'one' } },
      want: { warnings: [] },
    },
    'interface in the words of older files': {
      given: { clouds: { one: { auth, endpoint_type: 'internalURL' } } },
      want: { interface: 'internal' },
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(resolve(given)).toMatchObject(want);
  });
});

describe('what is wrong is called by file, entry and key', () => {
  const cases: Record<string, { given: Given; want: string }> = {
    'no clouds.yaml, no variables': {
      given: {},
      want:
        'no cloud to log in to: there is no clouds.yaml (looked for ./clouds.yaml, /etc/openstack/clouds.yaml), ' +
        'and OS_AUTH_URL is not set',
    },
    'several entries and no word': {
      given: { clouds: { a: { auth }, b: { auth } } },
      want: '/c/clouds.yaml has several clouds: choose one with --os-cloud or OS_CLOUD: a, b',
    },
    'an entry that is not there': {
      given: { clouds: { a: { auth } }, flags: { osCloud: 'z' } },
      want: 'no cloud "z": /c/clouds.yaml has a',
    },
    'no URL': {
      given: { clouds: { a: { auth: { username: 'ada' } } } },
      want: 'cloud "a" in /c/clouds.yaml does not tell Keystone\'s URL: set auth.auth_url or OS_AUTH_URL',
    },
    'no user': {
      given: { clouds: { a: { auth: { auth_url: 'https://k' } } } },
      want: 'cloud "a" in /c/clouds.yaml does not tell a user: set auth.username or OS_USERNAME',
    },
    'no secret of the application credential': {
      given: { clouds: { a: { auth: { auth_url: 'https://k', application_credential_id: 'i' } } } },
      want:
        'cloud "a" in /c/clouds.yaml does not tell a secret: ' +
        'set auth.application_credential_secret or OS_APPLICATION_CREDENTIAL_SECRET',
    },
    'version 2': {
      given: { clouds: { a: { auth: { ...auth, auth_url: 'https://k/v2.0' } } } },
      want:
        'auth.auth_url of cloud "a" in /c/clouds.yaml asks for version 2 of the Identity API, which is no more: ' +
        'use the URL that ends in /v3',
    },
    'no URL at all': {
      given: { env: { OS_AUTH_URL: 'keystone' } },
      want: 'OS_AUTH_URL of the environment must be a URL such as https://keystone.example.org:5000/v3, got "keystone"',
    },
    'a value of another shape': {
      given: { clouds: { a: { auth: { ...auth, username: ['ada'] } } } },
      want: 'auth.username of cloud "a" in /c/clouds.yaml must be a text',
    },
    'a region that the entry does not have': {
      given: { clouds: { a: { auth, regions: ['N', 'S'] } }, flags: { region: 'W' } },
      want: 'regions of cloud "a" in /c/clouds.yaml has no "W", only N, S',
    },
    'an unknown profile': {
      given: { clouds: { a: { auth, profile: 'vendor' } } },
      want:
        'profile of cloud "a" in /c/clouds.yaml is "vendor", but there is no clouds-public.yaml: ' +
        'write auth.auth_url into the entry instead',
    },
    'an unknown interface': {
      given: { clouds: { a: { auth } }, flags: { interface: 'secret' } },
      want: '--interface of the command line must be public, internal or admin',
    },
    'verify that is neither yes nor no': {
      given: { clouds: { a: { auth, verify: 'perhaps' } } },
      want: 'verify of cloud "a" in /c/clouds.yaml must be true or false',
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const wrong = thrownBy(() => resolve(given));
    expect(wrong).toMatchObject({ name: 'UserError', message: want, exitCode: 2 });
  });

  it.each(['v3multifactor', 'v3oidcpassword', 'v3samlpassword', 'v3totp'])(
    'login by %s is refused with the way that works',
    (type) => {
      const given = { clouds: { a: { auth_type: type, auth } } };
      expect(() => resolve(given)).toThrow(`auth_type of cloud "a" in /c/clouds.yaml is "${type}", which opsparkctl`);
      expect(() => resolve(given)).toThrow('export OS_TOKEN=$(openstack token issue -f value -c id)');
    },
  );

  it('no message shows a secret', () => {
    const given = { clouds: { a: { auth: { ...auth, password: ['geheim'] } } } };
    expect(() => resolve(given)).toThrow('password of cloud "a" in /c/clouds.yaml must be a text');
    expect(() => resolve(given)).not.toThrow('geheim');
  });
});
