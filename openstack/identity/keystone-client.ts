import type { Ec2Key, Keystone, Project } from './keystone.ts';
import type { Login, Session } from './session.ts';
import { OpenStackError } from '../openstack-error.ts';

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

/** Keystone v3 over a session. */
export function keystone(session: Session): Keystone {
  const call = { service: 'identity' } as const;
  const keysPath = async (): Promise<string> => {
    const { user } = await session.login();
    return `/v3/users/${encodeURIComponent(user.id)}/credentials/OS-EC2`;
  };
  return {
    projects: async () => {
      const path = '/v3/auth/projects';
      const { body } = await session.request<{ readonly projects: readonly ProjectDocument[] }>({
        ...call,
        method: 'GET',
        path,
      });
      return body.projects.map((document) => projectOf(document));
    },
    ec2Keys: async () => {
      const path = await keysPath();
      const { body } = await session.request<{ readonly credentials: readonly Ec2Document[] }>({
        ...call,
        method: 'GET',
        path,
      });
      const { id } = projectIn(await session.login());
      return body.credentials.map((document) => keyOf(document)).filter(({ projectId }) => projectId === id);
    },
    createEc2Key: async () => {
      const { id } = projectIn(await session.login());
      const path = await keysPath();
      const { body } = await session.request<{ readonly credential: Ec2Document }>({
        ...call,
        method: 'POST',
        path,
        body: { tenant_id: id },
      });
      return keyOf(body.credential);
    },
    deleteEc2Key: async (access) => {
      const path = `${await keysPath()}/${encodeURIComponent(access)}`;
      await session.request({ ...call, method: 'DELETE', path });
    },
  };
}

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
