import { describe, expect, it } from '@jest/globals';

import type { Auth } from '../cloud-config/cloud-config.ts';
import { authBody } from './auth-body.ts';

const user = { id: undefined, name: 'ada', domain: { id: 'default', name: undefined } };
const project = { kind: 'project', id: undefined, name: 'lab', domain: { id: undefined, name: 'Work' } } as const;

describe('the body of a login', () => {
  const cases: Record<string, { given: Auth; want: object }> = {
    'a password, for a project by name': {
      given: { method: 'password', user, password: 'p', scope: project },
      want: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'ada', domain: { id: 'default' }, password: 'p' } },
        },
        scope: { project: { name: 'lab', domain: { name: 'Work' } } },
      },
    },
    'a password of a user by id, for no project': {
      given: {
        method: 'password',
        user: { id: 'u1', name: undefined, domain: undefined },
        password: 'p',
        scope: { kind: 'unscoped' },
      },
      want: {
        identity: { methods: ['password'], password: { user: { id: 'u1', password: 'p' } } },
        scope: 'unscoped',
      },
    },
    'an application credential by id has no scope': {
      given: { method: 'application_credential', id: 'i', name: undefined, user: undefined, secret: 's' },
      want: { identity: { methods: ['application_credential'], application_credential: { id: 'i', secret: 's' } } },
    },
    'an application credential by name has its user': {
      given: { method: 'application_credential', id: undefined, name: 'n', user, secret: 's' },
      want: {
        identity: {
          methods: ['application_credential'],
          application_credential: { name: 'n', user: { name: 'ada', domain: { id: 'default' } }, secret: 's' },
        },
      },
    },
    'a token for another project': {
      given: { method: 'token', token: 't', scope: { ...project, id: 'p1' } },
      want: { identity: { methods: ['token'], token: { id: 't' } }, scope: { project: { id: 'p1' } } },
    },
    'Kerberos for a domain': {
      given: { method: 'kerberos', scope: { kind: 'domain', domain: { id: undefined, name: 'Work' } } },
      want: { identity: { methods: ['kerberos'], kerberos: {} }, scope: { domain: { name: 'Work' } } },
    },
    'a password for the system': {
      given: { method: 'password', user, password: 'p', scope: { kind: 'system' } },
      want: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'ada', domain: { id: 'default' }, password: 'p' } },
        },
        scope: { system: { all: true } },
      },
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(authBody(given)).toEqual({ auth: want });
  });
});
