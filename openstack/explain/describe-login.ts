import type { Auth, CloudConfig, DomainName, Scope, UserName } from '../cloud-config/cloud-config.ts';

/** Which login was tried, without its secret: cloud, where it is written, user, kind, project. */
export function describeLogin({ name, source, auth }: CloudConfig): string {
  return `cloud "${name}" (${source}), ${who(auth)}${scopeWords(auth)}`;
}

/** A user by name and domain, or by id. */
export const userWords = ({ id, name, domain }: UserName): string =>
  id === undefined ? `user "${name ?? ''}"${inDomain(domain)}` : `user ${id}`;

/** A project by name and domain, or by id. */
export const projectWords = ({ id, name, domain }: Extract<Scope, { readonly kind: 'project' }>): string =>
  id === undefined ? `project "${name ?? ''}"${inDomain(domain)}` : `project ${id}`;

function who(auth: Auth): string {
  switch (auth.method) {
    case 'password':
      return `${userWords(auth.user)} with a password`;
    case 'application_credential':
      return auth.id === undefined
        ? `application credential "${auth.name ?? ''}"${auth.user === undefined ? '' : ` of ${userWords(auth.user)}`}`
        : `application credential ${auth.id}`;
    case 'token':
      return 'a ready token';
    case 'kerberos':
      return 'a Kerberos ticket';
  }
}

function scopeWords(auth: Auth): string {
  if (auth.method === 'application_credential' || auth.scope.kind === 'unscoped') return '';
  if (auth.scope.kind === 'project') return `, ${projectWords(auth.scope)}`;
  return auth.scope.kind === 'system' ? ', the whole system' : `, domain ${nameOf(auth.scope.domain)}`;
}

const inDomain = (domain: DomainName | undefined): string =>
  domain === undefined ? '' : ` of domain ${nameOf(domain)}`;

const nameOf = ({ id, name }: DomainName): string => (name === undefined ? `"${id ?? ''}"` : `"${name}"`);
