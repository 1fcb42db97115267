import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import { startFakeCloud } from '../../../hack/fake-cloud/start.ts';
import type { CloudFlags } from '../../../openstack/cloud-config/cloud-flags.ts';
import { loadCloud } from '../../../openstack/cloud-config/load-cloud.ts';
import { keystone } from '../../../openstack/identity/keystone-client.ts';
import { openSession, type SessionWorld } from '../../../openstack/identity/open-session.ts';
import type { Session } from '../../../openstack/identity/session.ts';

// Real connections and child processes take seconds on a busy machine.
jest.setTimeout(60_000);

let fake: FakeCloud;
const open: Session[] = [];

beforeAll(async () => {
  fake = await startFakeCloud();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((session) => session.close()));
  fake.heal();
  fake.forget();
});

afterAll(() => fake.close());

const world: SessionWorld = {
  now: () => new Date(),
  random: randomBytes,
  sleep: () => Promise.resolve(),
  env: {},
};

/** A session for an entry of the fake's clouds.yaml. */
async function sessionOf(
  osCloud: string,
  env: Readonly<Record<string, string>> = {},
  more: Partial<SessionWorld> = {},
  flags: CloudFlags = {},
): Promise<Session> {
  const files = { env: { OS_CLIENT_CONFIG_FILE: fake.cloudsFile, ...env }, home: '/none', workingFolder: '/none' };
  const session = openSession(await loadCloud(files, { osCloud, ...flags }), { ...world, ...more });
  open.push(session);
  return session;
}

const logins = () => fake.requests({ service: 'identity', method: 'POST', path: /\/auth\/tokens$/ });
const listClusters = { service: 'container-infra', method: 'GET', path: '/v1/clusters' } as const;

describe('a session', () => {
  it('logs in once for all who need it', async () => {
    const session = await sessionOf('demo');
    expect(logins()).toHaveLength(0);
    await Promise.all([session.request(listClusters), session.login(), session.request(listClusters)]);
    expect(logins()).toHaveLength(1);
  });

  it('tells user, project and roles', async () => {
    const login = await (await sessionOf('demo')).login();
    expect(login).toMatchObject({
      user: fake.facts.user,
      project: fake.facts.project,
      methods: ['password'],
      applicationCredential: undefined,
    });
    expect(login.roles).toContain('member');
    expect(Math.abs(login.clockSkewMs)).toBeLessThan(2000);
  });

  it('logs in again when the token is not accepted any more', async () => {
    const session = await sessionOf('demo');
    await session.request(listClusters);
    fake.expireTokens();
    await Promise.all([session.request(listClusters), session.request(listClusters)]);
    expect(logins()).toHaveLength(2);
  });

  it('gives up when the new token is not accepted either', async () => {
    const session = await sessionOf('demo');
    fake.fail({ service: 'container-infra' }, { status: 401 }, 5);
    await expect(session.request(listClusters)).rejects.toMatchObject({
      facts: { failure: 'Unauthenticated', service: 'container-infra' },
    });
    expect(logins()).toHaveLength(2);
  });

  it('renews the login before it ends', async () => {
    let ahead = 0;
    const session = await sessionOf('demo', {}, { now: () => new Date(Date.now() + ahead) });
    const { expiresAt } = await session.login();
    ahead = expiresAt.getTime() - Date.now() - 60_000;
    await session.login();
    expect(logins()).toHaveLength(2);
  });

  it('tries a wrong password once', async () => {
    const session = await sessionOf('demo-wrong');
    await expect(session.login()).rejects.toMatchObject({ facts: { failure: 'Unauthenticated', status: 401 } });
    expect(logins()).toHaveLength(1);
  });

  it('can log in after a login that failed', async () => {
    const session = await sessionOf('demo');
    fake.fail({ service: 'identity' }, { status: 401 });
    await expect(session.login()).rejects.toMatchObject({ facts: { failure: 'Unauthenticated' } });
    await expect(session.login()).resolves.toMatchObject({ user: { name: 'demo' } });
  });

  it.each(['demo-app', 'demo-app-unrestricted'])('knows what %s is', async (name) => {
    const { applicationCredential } = await (await sessionOf(name)).login();
    expect(applicationCredential?.restricted).toBe(name === 'demo-app');
  });

  it('lists the projects of the user from a session for one of them', async () => {
    const session = await sessionOf('demo');
    const projects = await keystone(session.rescoped('unscoped')).projects();
    expect(projects.map(({ name }) => name)).toContain(fake.facts.project.name);
    expect(projects.length).toBeGreaterThan(1);
  });

  it('changes to another project of the user', async () => {
    const session = await sessionOf('demo');
    const other = (await keystone(session.rescoped('unscoped')).projects()).find(
      ({ id }) => id !== fake.facts.project.id,
    );
    const login = await session.rescoped({ projectId: other?.id ?? '' }).login();
    expect(login.project?.id).toBe(other?.id);
  });

  it('rides out a service that is broken for a while', async () => {
    const session = await sessionOf('demo');
    fake.fail({ service: 'container-infra' }, { status: 500 }, 2);
    fake.fail({ service: 'container-infra' }, 'reset', 1);
    await expect(session.request(listClusters)).resolves.toMatchObject({ status: 200 });
  });

  it('tells when a service does not answer in time', async () => {
    const session = await sessionOf('demo');
    fake.fail({ service: 'container-infra' }, 'hang', 5);
    await expect(session.request({ ...listClusters, timeoutMs: 150 })).rejects.toMatchObject({
      facts: { failure: 'TimedOut' },
    });
  });

  it('never gives one order twice', async () => {
    const session = await sessionOf('demo');
    const body = { name: 'once', cluster_template_id: fake.facts.template, keypair: fake.facts.keypair };
    fake.fail({ service: 'container-infra', method: 'POST' }, 'lostAnswer', 1);
    const order = session.request({ service: 'container-infra', method: 'POST', path: '/v1/clusters', body });
    await expect(order).rejects.toMatchObject({ facts: { failure: 'Unreachable' } });
    expect(fake.clusters().filter(({ name }) => name === 'once')).toHaveLength(1);
  });

  it('makes, finds and deletes an EC2 key of its project', async () => {
    const calls = keystone(await sessionOf('demo'));
    const made = await calls.createEc2Key();
    expect(made.projectId).toBe(fake.facts.project.id);
    expect((await calls.ec2Keys()).map(({ access }) => access)).toContain(made.access);
    await calls.deleteEc2Key(made.access);
    expect((await calls.ec2Keys()).map(({ access }) => access)).not.toContain(made.access);
  });
});

describe('a ready token', () => {
  const tokenOf = async (name: string): Promise<string> => {
    const session = await sessionOf(name);
    await session.login();
    const token = fake.secrets().at(-1);
    if (token === undefined) throw new Error('the fake has no token');
    return token;
  };
  const variables = (token: string) => ({
    OS_AUTH_URL: fake.facts.authUrl,
    OS_TOKEN: token,
    OS_REGION_NAME: fake.facts.region,
  });

  it('is used as it is when no other project is asked for', async () => {
    const token = await tokenOf('demo');
    fake.forget();
    const session = await sessionOf('envvars', variables(token));
    await expect(session.request(listClusters)).resolves.toMatchObject({ status: 200 });
    await expect(session.login()).resolves.toMatchObject({ project: { id: fake.facts.project.id } });
    expect(logins()).toHaveLength(0);
  });

  it('is exchanged for one of another project', async () => {
    const token = await tokenOf('demo');
    const session = await sessionOf('envvars', { ...variables(token), OS_PROJECT_NAME: 'demo-staging' });
    await expect(session.login()).resolves.toMatchObject({ project: { name: 'demo-staging' } });
  });

  it('of an application credential cannot be exchanged', async () => {
    const token = await tokenOf('demo-app');
    const session = await sessionOf('envvars', { ...variables(token), OS_PROJECT_NAME: 'demo-staging' });
    await expect(session.login()).rejects.toMatchObject({ facts: { failure: 'Forbidden' } });
  });

  it('that has expired is not accepted', async () => {
    const token = await tokenOf('demo');
    fake.expireTokens();
    const session = await sessionOf('envvars', variables(token));
    await expect(session.login()).rejects.toMatchObject({ facts: { failure: 'Unauthenticated' } });
  });
});

describe('a Kerberos ticket', () => {
  it('logs in where there is one', async () => {
    const ticket = Buffer.from('ticket-of:demo').toString('base64');
    const session = await sessionOf(
      'demo-kerberos',
      {},
      {
        kerberos: async ({ url, body }) => {
          const headers = { authorization: `Negotiate ${ticket}`, 'content-type': 'application/json' };
          const answer = await fetch(url, { method: 'POST', headers, body });
          return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
        },
      },
    );
    await expect(session.login()).resolves.toMatchObject({ user: { name: 'demo' }, methods: ['kerberos', 'external'] });
    await expect(session.request(listClusters)).resolves.toMatchObject({ status: 200 });
  });

  it('is asked for by curl where there is none', async () => {
    const env = { PATH: process.env['PATH'] ?? '', KRB5CCNAME: 'FILE:/none' };
    const session = await sessionOf('demo-kerberos', {}, { env });
    await expect(session.login()).rejects.toMatchObject({
      facts: {
        failure: 'Unauthenticated',
        said: 'it asks for a Kerberos ticket, and there is none that it accepts',
      },
    });
  });

  it('needs curl', async () => {
    const session = await sessionOf('demo-kerberos', {}, { env: { PATH: '/none' } });
    await expect(session.login()).rejects.toThrow('Kerberos needs the program curl, which could not be started');
  });
});

describe('what is shown with --debug', () => {
  it('names every request and no secret', async () => {
    const lines: string[] = [];
    const session = await sessionOf('demo', {}, { debug: (line) => lines.push(line) });
    const calls = keystone(session);
    const made = await calls.createEc2Key();
    await calls.deleteEc2Key(made.access);
    expect(lines).toHaveLength(fake.requests().length);
    const shown = lines.join('\n');
    expect(shown).toMatch(/^POST http:.*\/auth\/tokens 201 \d+\.\d\d s, req-[0-9a-f-]{36}/);
    for (const secret of [...fake.secrets(), made.secret]) expect(shown).not.toContain(secret);
  });
});
