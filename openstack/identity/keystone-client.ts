import { OpenStackError } from '../openstack-error.ts';
import type { Ec2Key, Keystone, Project } from './keystone.ts';
import type { Login, Session } from './session.ts';

interface ProjectDocument {
  readonly id: string;
  readonly name: string;
  readonly domain_id: string;
  readonly enabled?: boolean;
}

interface Ec2Document {
  readonly access: string;
  readonly secret: string;
  readonly tenant_id: string;
}

const identity = { service: 'identity' } as const;

/** Keystone v3 over a session. */
export const keystone = (session: Session): Keystone => ({
  projects: async () => {
    const { body } = await session.request<{ readonly projects: readonly ProjectDocument[] }>({
      ...identity,
      method: 'GET',
      path: '/v3/auth/projects',
    });
    return body.projects.map((document) => projectOf(document));
  },
  ec2Keys: async () => {
    const login = await session.login();
    const { body } = await session.request<{ readonly credentials: readonly Ec2Document[] }>({
      ...identity,
      method: 'GET',
      path: keysPath(login),
    });
    const { id } = projectIn(login);
    return body.credentials.map((document) => keyOf(document)).filter(({ projectId }) => projectId === id);
  },
  createEc2Key: async () => {
    const login = await session.login();
    const { body } = await session.request<{ readonly credential: Ec2Document }>({
      ...identity,
      method: 'POST',
      path: keysPath(login),
      body: { tenant_id: projectIn(login).id },
    });
    return keyOf(body.credential);
  },
  deleteEc2Key: async (access) => {
    const path = `${keysPath(await session.login())}/${encodeURIComponent(access)}`;
    await session.request({ ...identity, method: 'DELETE', path });
  },
});

const keysPath = ({ user }: Login): string => `/v3/users/${encodeURIComponent(user.id)}/credentials/OS-EC2`;

const projectOf = ({ id, name, domain_id, enabled }: ProjectDocument): Project => ({
  id,
  name,
  domainId: domain_id,
  enabled: enabled !== false,
});

const keyOf = ({ access, secret, tenant_id }: Ec2Document): Ec2Key => ({ access, secret, projectId: tenant_id });

function projectIn({ project }: Login): { readonly id: string } {
  if (project !== undefined) return project;
  throw new OpenStackError({
    failure: 'BadRequest',
    status: 0,
    service: 'identity',
    method: 'POST',
    path: '/v3/users/…/credentials/OS-EC2',
    said: 'EC2 keys belong to a project, and the login has none',
    requestId: undefined,
  });
}
