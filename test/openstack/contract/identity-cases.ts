import { expect, it } from '@jest/globals';

import { at, listAt, textAt } from '../../../hack/fake-cloud/http/body.ts';
import { authOf, type CloudUnderTest, type RawAnswer, raw, said } from './cloud.ts';

const OPAQUE = 'The request you have made requires authentication.';
const MALFORMED =
  'The server could not comply with the request since it is either malformed or otherwise incorrect. ' +
  'The client is assumed to be in error.';
const NOBODY = 'f'.repeat(32);

interface Refused {
  readonly given: (cloud: CloudUnderTest) => object;
  readonly want: { readonly status: number; readonly message: string };
}

const user = (cloud: CloudUnderTest, more: object = {}): object => {
  const { username, password } = cloud.secretsOf('demo');
  return { name: username, password, domain: { name: 'Default' }, ...more };
};
const byPassword = (who: object, scope?: object): object => ({
  identity: { methods: ['password'], password: { user: who } },
  ...(scope === undefined ? {} : { scope }),
});
const byCredential = (cloud: CloudUnderTest, more: object = {}): object => {
  const { application_credential_id: id, application_credential_secret: secret } = cloud.secretsOf('demo-app');
  return { methods: ['application_credential'], application_credential: { id, secret, ...more } };
};
const inProject = (name: string): object => ({ project: { name, domain: { name: 'Default' } } });

/** Logins that are refused, with status and text. */
const refused: Readonly<Record<string, Refused>> = {
  'a wrong password': {
    given: (cloud) => byPassword(user(cloud, { password: 'wrong' }), inProject('demo')),
    want: { status: 401, message: OPAQUE },
  },
  'an unknown user': {
    given: (cloud) => byPassword(user(cloud, { name: 'nobody' }), inProject('demo')),
    want: { status: 401, message: OPAQUE },
  },
  'a user of an unknown domain': {
    given: (cloud) => byPassword(user(cloud, { domain: { name: 'Nowhere' } }), inProject('demo')),
    want: { status: 401, message: OPAQUE },
  },
  'an unknown project': {
    given: (cloud) => byPassword(user(cloud), inProject('nowhere')),
    want: { status: 401, message: OPAQUE },
  },
  'a project in which the user has no role': {
    given: (cloud) => byPassword(user(cloud), inProject('other')),
    want: { status: 401, message: OPAQUE },
  },
  'a domain in which the user has no role': {
    given: (cloud) => byPassword(user(cloud), { domain: { id: 'default' } }),
    want: { status: 401, message: OPAQUE },
  },
  'a user name without a domain': {
    given: (cloud) => byPassword(user(cloud, { domain: undefined }), inProject('demo')),
    want: { status: 400, message: `Expecting to find domain in user. ${MALFORMED}` },
  },
  'a project name without a domain': {
    given: (cloud) => byPassword(user(cloud), { project: { name: 'demo' } }),
    want: { status: 400, message: `Expecting to find domain in project. ${MALFORMED}` },
  },
  'a method that is unknown': {
    given: () => ({ identity: { methods: ['wishing'], wishing: {} } }),
    want: { status: 401, message: 'Attempted to authenticate with an unsupported method.' },
  },
  'no method at all': {
    given: () => ({ identity: { methods: [] } }),
    want: { status: 401, message: OPAQUE },
  },
  'an application credential with a wrong secret': {
    given: (cloud) => ({ identity: byCredential(cloud, { secret: 'wrong' }) }),
    want: { status: 401, message: OPAQUE },
  },
  'an unknown application credential': {
    given: (cloud) => ({ identity: byCredential(cloud, { id: NOBODY }) }),
    want: { status: 404, message: `Could not find Application Credential: ${NOBODY}.` },
  },
  'an application credential without id and name': {
    given: (cloud) => ({ identity: byCredential(cloud, { id: undefined }) }),
    want: { status: 400, message: `Expecting to find name or ID in application credential. ${MALFORMED}` },
  },
  'an application credential by name without its user': {
    given: (cloud) => ({ identity: byCredential(cloud, { id: undefined, name: 'demo-app' }) }),
    want: { status: 400, message: `Expecting to find user in application credential. ${MALFORMED}` },
  },
  'an application credential that asks for a scope': {
    given: (cloud) => ({ identity: byCredential(cloud), scope: inProject('demo') }),
    want: {
      status: 401,
      message: 'Error authenticating with application credential: Application credentials cannot request a scope.',
    },
  },
  'a token that is none': {
    given: () => ({ identity: { methods: ['token'], token: { id: 'nonsense' } } }),
    want: { status: 404, message: 'Could not recognize Fernet token' },
  },
};

/** Keystone: who gets in, and what it says to the others. */
export function identityCases(cloudOf: () => CloudUnderTest): void {
  it.each(Object.entries(refused))('refuses %s', async (_name, { given, want }) => {
    const answer = await cloudOf().logIn(given(cloudOf()));
    expect({ status: answer.status, message: said(answer) }).toEqual(want);
    expect(at(answer.body, 'error', 'code')).toBe(want.status);
    const names = answer.headers.get('www-authenticate');
    expect(names).toBe(want.status === 401 ? `Keystone uri="${cloudOf().authUrl}"` : null);
  });

  it('refuses a body that is no JSON', async () => {
    const answer = await raw('POST', `${cloudOf().authUrl}/auth/tokens`, { body: 'nonsense' });
    expect(answer.status).toBe(400);
    expect(said(answer)).toBe(`Expecting to find valid JSON in request body. ${MALFORMED}`);
  });

  it('lets a password in: token in a header, user, project, roles and catalog in the body', async () => {
    const answer = await cloudOf().logIn(authOf(cloudOf().secretsOf('demo')));
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-subject-token')).toMatch(/^gAAAAA[\w=-]{150,}$/);
    expect(answer.body).toMatchObject({
      token: {
        methods: ['password'],
        user: { name: 'demo', domain: { id: 'default', name: 'Default' } },
        project: { name: 'demo', domain: { id: 'default', name: 'Default' } },
      },
    });
    const roles = listAt(answer.body, 'token', 'roles').map((role) => textAt(role, 'name'));
    expect(roles.sort()).toEqual(['member', 'reader']);
    expect(lifeMs(answer)).toBeGreaterThanOrEqual(3_600_000);
  });

  it('lists the services with region, interface and URL', async () => {
    const answer = await cloudOf().logIn(authOf(cloudOf().secretsOf('demo')));
    const catalog = listAt(answer.body, 'token', 'catalog');
    const types = catalog.map((service) => textAt(service, 'type'));
    expect(types).toEqual(
      expect.arrayContaining(['identity', 'container-infra', 'compute', 'network', 'image', 'object-store']),
    );
    for (const service of catalog)
      expect(listAt(service, 'endpoints')).toContainEqual(
        expect.objectContaining({
          interface: 'public',
          region: cloudOf().region,
          region_id: cloudOf().region,
          url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/),
        }),
      );
  });

  it('lets a password in without a scope: no project, no catalog', async () => {
    const answer = await cloudOf().logIn(byPassword(user(cloudOf())));
    expect(answer.status).toBe(201);
    expect(at(answer.body, 'token', 'project')).toBeUndefined();
    expect(at(answer.body, 'token', 'catalog')).toBeUndefined();
  });

  it.each(['demo-app', 'demo-app-unrestricted'])('lets %s in, for its own project', async (entry) => {
    const answer = await cloudOf().logIn(authOf(cloudOf().secretsOf(entry)));
    expect(answer.body).toMatchObject({
      token: {
        methods: ['application_credential'],
        project: { name: 'demo' },
        application_credential: { name: entry, restricted: entry === 'demo-app' },
      },
    });
  });

  it('lets an application credential in by name and user', async () => {
    const who = { name: 'demo', domain: { id: 'default' } };
    const identity = byCredential(cloudOf(), { id: undefined, name: 'demo-app', user: who });
    expect((await cloudOf().logIn({ identity })).status).toBe(201);
  });

  it('gives a token for another project, which ends no later', async () => {
    const first = await cloudOf().logIn(byPassword(user(cloudOf())));
    const id = first.headers.get('x-subject-token');
    const identity = { methods: ['token'], token: { id } };
    const second = await cloudOf().logIn({ identity, scope: inProject('demo-staging') });
    expect(second.status).toBe(201);
    expect(at(second.body, 'token', 'methods')).toEqual(expect.arrayContaining(['token', 'password']));
    expect(at(second.body, 'token', 'project', 'name')).toBe('demo-staging');
    expect(at(second.body, 'token', 'expires_at')).toBe(at(first.body, 'token', 'expires_at'));
    expect(listAt(second.body, 'token', 'audit_ids')).toHaveLength(2);
  });

  it('gives no token for the token of an application credential', async () => {
    const { token } = await cloudOf().as('demo-app');
    const identity = { methods: ['token'], token: { id: token } };
    const answer = await cloudOf().logIn({ identity, scope: inProject('demo') });
    expect(answer.status).toBe(403);
    expect(said(answer)).toContain('Using a delegated token to create another token is not allowed.');
  });

  it('lists the projects of the user, also without a scope', async () => {
    const session = await cloudOf().session('demo');
    const unscoped = session.rescoped('unscoped');
    for (const one of [session, unscoped]) {
      const { body } = await one.request<unknown>({ service: 'identity', method: 'GET', path: '/v3/auth/projects' });
      const names = listAt(body, 'projects').map((project) => textAt(project, 'name'));
      expect(names.sort()).toEqual(['demo', 'demo-staging']);
    }
  });

  it('lists no projects without a token', async () => {
    const answer = await raw('GET', `${cloudOf().authUrl}/auth/projects`);
    expect({ status: answer.status, message: said(answer) }).toEqual({ status: 401, message: OPAQUE });
  });

  it('tells the catalog to a token with a project and to no other', async () => {
    const { call } = await cloudOf().as('demo');
    expect(listAt((await call('GET', 'identity', '/auth/catalog')).body, 'catalog').length).toBeGreaterThan(5);
    const unscoped = await cloudOf().logIn(byPassword(user(cloudOf())));
    const token = unscoped.headers.get('x-subject-token') ?? '';
    const answer = await raw('GET', `${cloudOf().authUrl}/auth/catalog`, { headers: { 'x-auth-token': token } });
    expect(answer.status).toBe(403);
  });

  it('takes a token back: then it is not accepted any more', async () => {
    const login = await cloudOf().logIn(authOf(cloudOf().secretsOf('demo')));
    const token = login.headers.get('x-subject-token') ?? '';
    const { call } = await cloudOf().as('demo');
    const subject = { 'x-subject-token': token };
    expect((await call('GET', 'identity', '/auth/tokens', { headers: subject })).status).toBe(200);
    expect((await call('DELETE', 'identity', '/auth/tokens', { headers: subject })).status).toBe(204);
    const projects = `${cloudOf().authUrl}/auth/projects`;
    expect((await raw('GET', projects, { headers: { 'x-auth-token': token } })).status).toBe(401);
    expect((await call('GET', 'identity', '/auth/tokens', { headers: subject })).status).toBe(404);
  });

  it('describes its version, at the root as one of several', async () => {
    const root = await raw('GET', cloudOf().authUrl.replace(/v3$/, ''));
    expect(root.status).toBe(300);
    expect(listAt(root.body, 'versions', 'values')).toHaveLength(1);
    const { status, body } = await raw('GET', cloudOf().authUrl);
    expect(status).toBe(200);
    expect(textAt(body, 'version', 'id')).toMatch(/^v3\./);
  });

  it('gives every answer a request id', async () => {
    const answer = await raw('GET', `${cloudOf().authUrl}/auth/projects`);
    expect(answer.headers.get('x-openstack-request-id')).toMatch(/^req-[0-9a-f-]{36}$/);
  });
}

function lifeMs({ body }: RawAnswer): number {
  const timeOf = (name: string): number => Date.parse(textAt(body, 'token', name) ?? '');
  return timeOf('expires_at') - timeOf('issued_at');
}
