import { join } from 'node:path';

import { places, type RigPlan } from '../plan.ts';

export const REALM = 'CLOUD.TEST';

/** Who has a ticket, and what Apache proves to be. Clients must call it by this name, not by its address. */
export const PRINCIPALS = { user: `demo@${REALM}`, service: `HTTP/localhost@${REALM}` } as const;

/** The folder of Kerberos in the data of a cloud. */
export const kerberosFolder = (root: string): string => join(places(root).data, 'kerberos');

/** Settings of everyone who speaks Kerberos here: one realm on the loopback device, nothing is asked of DNS. */
export function krb5Configuration({ ports }: RigPlan): string {
  return [
    '[libdefaults]',
    `  default_realm = ${REALM}`,
    '  dns_lookup_realm = false',
    '  dns_lookup_kdc = false',
    '  dns_canonicalize_hostname = false',
    '  rdns = false',
    '[realms]',
    `  ${REALM} = {`,
    `    kdc = 127.0.0.1:${ports.kdc}`,
    '  }',
    '',
  ].join('\n');
}

/** Settings of the key distribution centre and of the tools that fill its database. */
export function kdcConfiguration({ root, ports }: RigPlan): string {
  const folder = kerberosFolder(root);
  return [
    '[kdcdefaults]',
    `  kdc_listen = 127.0.0.1:${ports.kdc}`,
    `  kdc_tcp_listen = 127.0.0.1:${ports.kdc}`,
    '[realms]',
    `  ${REALM} = {`,
    `    database_name = ${join(folder, 'principal')}`,
    `    key_stash_file = ${join(folder, 'stash')}`,
    '    max_life = 1d',
    '  }',
    '',
  ].join('\n');
}

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_gssapi', 'proxy', 'proxy_uwsgi'];

/**
 * Apache in front of Keystone: who asks for a token must bring a ticket, and Keystone is told whose. `readable` is a
 * folder that its workers may read, who are not root.
 */
export function apacheConfiguration({ root, ports }: RigPlan, readable: string): string {
  const { run, logs } = places(root);
  return [
    'ServerRoot /usr/lib/apache2',
    'ServerName localhost',
    `Listen 127.0.0.1:${ports.apache}`,
    `PidFile ${join(run, 'apache-own.pid')}`,
    `DefaultRuntimeDir ${run}`,
    `ErrorLog ${join(logs, 'apache-errors.log')}`,
    ...MODULES.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`),
    'User www-data',
    'Group www-data',
    'StartServers 1',
    '<Location /v3/auth/tokens>',
    '  AuthType GSSAPI',
    '  AuthName Keystone',
    `  GssapiCredStore keytab:${join(readable, 'http.keytab')}`,
    '  GssapiLocalName On',
    '  <Limit POST>',
    '    Require valid-user',
    '  </Limit>',
    '</Location>',
    `ProxyPass / uwsgi://127.0.0.1:${ports.keystoneUwsgi}/`,
    '',
  ].join('\n');
}
