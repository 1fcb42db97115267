import { UserError } from '../terminal/user-error.ts';
import type { CloudConfig } from './cloud-config/cloud-config.ts';
import { exitCode } from './exit-code.ts';
import { projectWords, userWords } from './explain/describe-login.ts';
import { userProjects } from './identity/user-projects.ts';
import { failedWith } from './openstack-error.ts';
import { type ChooserWorld, projectList } from './project-choice.ts';

/**
 * Keystone refuses a wrong project with the words it has for a wrong password. One login without a project tells them
 * apart: an error with the user's projects (exit 3), or undefined when it is not the project.
 */
export async function wrongProject(
  world: Pick<ChooserWorld, 'openSession'>,
  config: CloudConfig,
  error: unknown,
): Promise<UserError | undefined> {
  const { auth } = config;
  if (!failedWith(error, 'Unauthenticated', 'NotFound') || auth.method === 'application_credential') return undefined;
  if (auth.scope.kind !== 'project') return undefined;
  const projects = await projectsOf(world, { ...config, auth: { ...auth, scope: { kind: 'unscoped' } } });
  if (projects === undefined) return undefined;
  const who = auth.method === 'password' ? userWords(auth.user) : 'the user';
  const has = projects.length === 0 ? 'It has a role in no project.' : `Its projects: ${projectList(projects)}`;
  return new UserError(
    `${who} has no role in ${projectWords(auth.scope)} of cloud "${config.name}", or there is no such project. ${has}`,
    { exitCode: exitCode.authentication, cause: error },
  );
}

/** Undefined when the login fails without a project as well: then the first error says it. */
async function projectsOf(world: Pick<ChooserWorld, 'openSession'>, config: CloudConfig) {
  try {
    const found = await userProjects(world, config);
    return found === 'has one already' ? undefined : found;
  } catch {
    return undefined;
  }
}
