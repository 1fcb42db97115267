import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { Project } from './keystone.ts';
import { keystone } from './keystone-client.ts';
import type { Session } from './session.ts';

/**
 * The projects that the user may work in; or word that the token is for one. Logs in without a project.
 * @throws OpenStackError as a login does
 */
export async function userProjects(
  { openSession }: { readonly openSession: (config: CloudConfig) => Session },
  config: CloudConfig,
): Promise<readonly Project[] | 'has one already'> {
  const session = openSession(config);
  try {
    const { project } = await session.login();
    if (project !== undefined) return 'has one already';
    return (await keystone(session).projects()).filter(({ enabled }) => enabled);
  } finally {
    await session.close();
  }
}
