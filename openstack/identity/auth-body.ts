import type { Auth, DomainName, Scope, UserName } from '../cloud-config/cloud-config.ts';

/** The body of `POST /v3/auth/tokens` (Identity API v3). Holds the secret of the login. */
export const authBody = (auth: Auth): object => ({
  auth: { identity: identityOf(auth), ...scopePart(auth) },
});

function identityOf(auth: Auth): object {
  switch (auth.method) {
    case 'password':
      return { methods: ['password'], password: { user: { ...userPart(auth.user), password: auth.password } } };
    case 'application_credential': {
      const { id, name, user, secret } = auth;
      const which = id === undefined ? { name, ...(user === undefined ? {} : { user: userPart(user) }) } : { id };
      return { methods: ['application_credential'], application_credential: { ...which, secret } };
    }
    case 'token':
      return { methods: ['token'], token: { id: auth.token } };
    case 'kerberos':
      return { methods: ['kerberos'], kerberos: {} };
  }
}

/** An application credential brings its project: Keystone refuses a scope beside it. */
const scopePart = (auth: Auth): object =>
  auth.method === 'application_credential' ? {} : { scope: scopeOf(auth.scope) };

function scopeOf(scope: Scope): object | string {
  switch (scope.kind) {
    case 'project': {
      const { id, name, domain } = scope;
      if (id !== undefined) return { project: { id } };
      return { project: { name, ...(domain === undefined ? {} : { domain: domainPart(domain) }) } };
    }
    case 'domain':
      return { domain: domainPart(scope.domain) };
    case 'system':
      return { system: { all: true } };
    // In words: otherwise Keystone takes the user's default project.
    case 'unscoped':
      return 'unscoped';
  }
}

function userPart({ id, name, domain }: UserName): object {
  if (id !== undefined) return { id };
  return { name, ...(domain === undefined ? {} : { domain: domainPart(domain) }) };
}

const domainPart = ({ id, name }: DomainName): object => (id === undefined ? { name } : { id });
