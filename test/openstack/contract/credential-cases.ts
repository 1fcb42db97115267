import { expect, it } from '@jest/globals';

import { at, listAt, textAt } from '../../../hack/fake-cloud/http/body.ts';
import type { Caller, CloudUnderTest, RawAnswer } from './cloud.ts';
import { raw, said } from './cloud.ts';

const NOBODY = 'f'.repeat(32);
const DELEGATED =
  'You are not authorized to perform the requested action: Delegated tokens cannot access credentials directly.';

const ec2Path = ({ userId }: Caller): string => `/users/${userId}/credentials/OS-EC2`;

/** EC2 credentials: the keys of S3. */
export function ec2Cases(cloudOf: () => CloudUnderTest): void {
  it('makes a key for the project, lists it with its secret, and deletes it', async () => {
    const client = await cloudOf().keystone('demo');
    const { projectId } = await cloudOf().as('demo');
    const key = await client.createEc2Key();
    expect(key).toEqual({
      access: expect.stringMatching(/^[0-9a-f]{32}$/),
      secret: expect.stringMatching(/^[0-9a-f]{32}$/),
      projectId,
    });
    expect(await client.ec2Keys()).toContainEqual(key);
    await client.deleteEc2Key(key.access);
    expect(await client.ec2Keys()).not.toContainEqual(key);
  });

  it('answers with user, project, access and secret', async () => {
    const caller = await cloudOf().as('other');
    const made = await caller.call('POST', 'identity', ec2Path(caller), { body: { tenant_id: caller.projectId } });
    expect(made.status).toBe(201);
    expect(Object.keys(at(made.body, 'credential') as object).sort()).toEqual(
      ['access', 'links', 'secret', 'tenant_id', 'trust_id', 'user_id'].sort(),
    );
    const path = `${ec2Path(caller)}/${textAt(made.body, 'credential', 'access') ?? ''}`;
    expect((await caller.call('GET', 'identity', path)).status).toBe(200);
    expect((await caller.call('DELETE', 'identity', path)).status).toBe(204);
    expect((await caller.call('GET', 'identity', path)).status).toBe(404);
  });

  it('makes no key for an unknown project', async () => {
    const caller = await cloudOf().as('demo');
    const answer = await caller.call('POST', 'identity', ec2Path(caller), { body: { tenant_id: NOBODY } });
    expect({ status: answer.status, message: said(answer) }).toEqual({
      status: 404,
      message: `Could not find project: ${NOBODY}.`,
    });
  });

  it('does not find a key that nobody made', async () => {
    const caller = await cloudOf().as('demo');
    expect((await caller.call('DELETE', 'identity', `${ec2Path(caller)}/${NOBODY}`)).status).toBe(404);
  });

  it("keeps other users' keys to themselves", async () => {
    const [demo, other] = [await cloudOf().as('demo'), await cloudOf().as('other')];
    const answer = await demo.call('GET', 'identity', ec2Path(other));
    expect(answer.status).toBe(403);
    expect(said(answer)).toBe('You are not authorized to perform the requested action: identity:ec2_list_credentials.');
  });

  it.each(['demo-app', 'demo-app-unrestricted'])('makes and lists no key for %s', async (entry) => {
    const caller = await cloudOf().as(entry);
    const made = await caller.call('POST', 'identity', ec2Path(caller), { body: { tenant_id: caller.projectId } });
    const listed = await caller.call('GET', 'identity', ec2Path(caller));
    for (const { status, body } of [made, listed])
      expect({ status, message: textAt(body, 'error', 'message') }).toEqual({ status: 403, message: DELEGATED });
  });
}

const NO_TRUSTS = 'You are not authorized to perform the requested action: Delegated tokens cannot manage trusts..';

/** Application credentials: logins that a person hands on. */
export function applicationCredentialCases(cloudOf: () => CloudUnderTest): void {
  const create = async (entry: string, body: object): Promise<RawAnswer> => {
    const caller = await cloudOf().as(entry);
    const path = `/users/${caller.userId}/application_credentials`;
    return caller.call('POST', 'identity', path, { body: { application_credential: body } });
  };
  const remove = async (made: RawAnswer): Promise<number> => {
    const caller = await cloudOf().as('demo');
    const id = textAt(made.body, 'application_credential', 'id') ?? '';
    return (await caller.call('DELETE', 'identity', `/users/${caller.userId}/application_credentials/${id}`)).status;
  };

  it('are made with a secret that is told once, and end with their deletion', async () => {
    const made = await create('demo', { name: 'contract-life', expires_at: '2036-01-01T00:00:00' });
    expect(made.status).toBe(201);
    const { id, secret } = at(made.body, 'application_credential') as { id: string; secret: string };
    expect(secret).toMatch(/^[\w-]{86}$/);
    const identity = { methods: ['application_credential'], application_credential: { id, secret } };
    const login = await cloudOf().logIn({ identity });
    const token = login.headers.get('x-subject-token') ?? '';
    expect(await remove(made)).toBe(204);
    const gone = { status: 404, message: `Could not find Application Credential: ${id}.` };
    const again = await cloudOf().logIn({ identity });
    expect({ status: again.status, message: said(again) }).toEqual(gone);
    const headers = { 'x-auth-token': token };
    const used = await raw('GET', `${cloudOf().authUrl}/auth/projects`, { headers });
    expect({ status: used.status, message: said(used) }).toEqual(gone);
    const { endpoint } = await cloudOf().as('demo');
    expect((await raw('GET', `${endpoint('container-infra')}/clusters`, { headers })).status).toBe(401);
  });

  it('have names of their own', async () => {
    const answer = await create('demo', { name: 'demo-app' });
    expect({ status: answer.status, message: said(answer) }).toEqual({
      status: 409,
      message:
        'Conflict occurred attempting to store application_credential - Duplicate entry found with name demo-app.',
    });
  });

  it('need a name', async () => {
    expect((await create('demo', {})).status).toBe(400);
  });

  it('cannot have ended before they begin', async () => {
    const answer = await create('demo', { name: 'contract-past', expires_at: '2020-01-01T00:00:00' });
    expect(answer.status).toBe(400);
    expect(said(answer)).toMatch(/^The 'expires_at' must not be before now\./);
  });

  it('cannot have a role that their maker has not', async () => {
    const answer = await create('demo', { name: 'contract-role', roles: [{ name: 'admin' }] });
    expect({ status: answer.status, message: said(answer) }).toEqual({
      status: 400,
      message: 'Invalid application credential: Cannot create an application credential with unassigned role',
    });
  });

  it.each(['demo-app', 'demo-app-unrestricted'])('make no trusts: %s', async (entry) => {
    const [caller, other] = [await cloudOf().as(entry), await cloudOf().as('other')];
    const trust = {
      trustor_user_id: caller.userId,
      trustee_user_id: other.userId,
      project_id: caller.projectId,
      impersonation: true,
      roles: [{ name: 'member' }],
    };
    const answer = await caller.call('POST', 'identity', '/OS-TRUST/trusts', { body: { trust } });
    expect({ status: answer.status, message: said(answer) }).toEqual({ status: 403, message: NO_TRUSTS });
  });

  it('make others only when they are unrestricted', async () => {
    const child = await create('demo-app-unrestricted', { name: 'contract-child' });
    expect(child.status).toBe(201);
    expect(await remove(child)).toBe(204);
    const refused = await create('demo-app', { name: 'contract-child' });
    expect(refused.status).toBe(403);
    expect(said(refused)).toContain("Using method 'application_credential' is not allowed for managing additional");
  });

  it('are listed by name, without secrets', async () => {
    const caller = await cloudOf().as('demo');
    const { body } = await caller.call(
      'GET',
      'identity',
      `/users/${caller.userId}/application_credentials?name=demo-app`,
    );
    expect(listAt(body, 'application_credentials').map((one) => [textAt(one, 'name'), at(one, 'secret')])).toEqual([
      ['demo-app', undefined],
    ]);
  });
}
