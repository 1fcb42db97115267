import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Auth, Scope, UserName } from './cloud-config.ts';
import { userDomainOf } from './domain-of.ts';
import type { Layer } from './raw-cloud.ts';
import { scopeOf } from './scope-of.ts';
import { badSetting, type Settings, settingsOf } from './settings.ts';

type Method = Auth['method'];

/** The names of `auth_type` (keystoneauth's plug-ins) that we can do. */
const methods: Readonly<Record<string, Method>> = {
  password: 'password',
  v3password: 'password',
  v3applicationcredential: 'application_credential',
  token: 'token',
  v3token: 'token',
  v3kerberos: 'kerberos',
  kerberos: 'kerberos',
};

/** What the login is made of: a password that was not given is asked for later. */
export type AuthWish =
  | Auth
  | {
      readonly method: 'password';
      readonly user: UserName;
      readonly password: undefined;
      readonly scope: Scope;
    };

/**
 * How to log in. A secret of a higher layer decides about the kind of login unless that layer names an `auth_type`.
 * @throws UserError (exit 2) that names what is missing, or an `auth_type` that is not supported
 */
export function authOf(layers: readonly Layer[], about: string): AuthWish {
  const settings = settingsOf(layers);
  const method = methodOf(layers);
  if (method === 'application_credential') return applicationCredentialOf(settings, about);
  const scope = scopeOf(settings);
  if (method === 'kerberos') {
    const user = userOf(settings);
    return { method, scope, ...(user === undefined ? {} : { user }) };
  }
  if (method === 'token') return { method, token: needed(settings, 'token', 'OS_TOKEN', about), scope };
  const user = userOf(settings);
  if (user === undefined) throw missing('a user', 'auth.username', 'OS_USERNAME', about);
  const password = settings.text('password');
  return password === undefined ? { method, user, password, scope } : { method, user, password, scope };
}

function methodOf(layers: readonly Layer[]): Method {
  for (const layer of layers.toReversed()) {
    const settings = settingsOf([layer]);
    const type = settings.text('auth_type');
    if (type !== undefined) return supported(type, layer);
    if (settings.find('application_credential_id', 'application_credential_secret') !== undefined)
      return 'application_credential';
    if (settings.find('token') !== undefined) return 'token';
    if (settings.find('password') !== undefined) return 'password';
  }
  return 'password';
}

function supported(type: string, layer: Layer): Method {
  const method = methods[type.toLowerCase()];
  if (method !== undefined) return method;
  throw badSetting(
    { key: 'auth_type', layer },
    `is "${type}", which opsparkctl does not speak (it speaks ${Object.keys(methods).join(', ')}): log in with ` +
      "OpenStack's own client and hand on its token:\n" +
      '  export OS_TOKEN=$(openstack token issue -f value -c id) OS_AUTH_TYPE=v3token',
  );
}

function applicationCredentialOf(settings: Settings, about: string): Auth {
  const secret = needed(settings, 'application_credential_secret', 'OS_APPLICATION_CREDENTIAL_SECRET', about);
  const found = settings.find('application_credential_id', 'application_credential_name');
  const id = found?.key === 'application_credential_id' ? settings.text('application_credential_id') : undefined;
  const name = id === undefined ? settings.text('application_credential_name') : undefined;
  if (id === undefined && name === undefined)
    throw missing('an application credential', 'auth.application_credential_id', 'OS_APPLICATION_CREDENTIAL_ID', about);
  const user = id === undefined ? userOf(settings) : undefined;
  if (id === undefined && user === undefined)
    throw missing('the user of an application credential', 'auth.username', 'OS_USERNAME', about);
  return { method: 'application_credential', id, name, user, secret };
}

function userOf(settings: Settings): UserName | undefined {
  const found = settings.find('user_id', 'username', 'user_name');
  if (found?.key === 'user_id') return { id: settings.text('user_id'), name: undefined, domain: undefined };
  const name = settings.text('username', 'user_name');
  return name === undefined ? undefined : { id: undefined, name, domain: userDomainOf(settings) };
}

function needed(settings: Settings, key: string, variable: string, about: string): string {
  const value = settings.text(key);
  if (value === undefined) throw missing('a secret', `auth.${key}`, variable, about);
  return value;
}

/** A setting that no layer has. */
const missing = (what: string, key: string, variable: string, about: string): UserError =>
  new UserError(`${about} does not tell ${what}: set ${key} or ${variable}`, {
    exitCode: exitCode.usage,
  });
