import { UserError } from '../terminal/user-error.ts';
import type { Cli } from './cli.ts';
import type { CloudConfig, Scope } from './cloud-config/cloud-config.ts';
import type { CloudFlags } from './cloud-config/cloud-flags.ts';
import { exitCode } from './exit-code.ts';
import { userProjects } from './identity/user-projects.ts';
import type { Project } from './identity/keystone.ts';

/** What choosing needs of the world. */
export type ChooserWorld = Pick<Cli, 'ask' | 'openSession'>;

/**
 * The configuration with a project: the given one; else the user's only one; else the one chosen on the terminal. Ready
 * tokens and application credentials bring theirs.
 * @throws UserError listing the projects where nobody can answer (exit 2), or when the user has none (exit 3);
 * OpenStackError as a login does
 */
export async function chooseProject(world: ChooserWorld, config: CloudConfig, flags: CloudFlags): Promise<CloudConfig> {
  const { auth } = config;
  if (auth.method === 'application_credential' || auth.scope.kind !== 'unscoped') return config;
  const found = await userProjects(world, config);
  if (found === 'has one already') return config;
  const project = await choose(world, found, flags);
  const scope: Scope = { kind: 'project', id: project.id, name: undefined, domain: undefined };
  return { ...config, auth: { ...auth, scope } };
}

async function choose({ ask }: ChooserWorld, projects: readonly Project[], flags: CloudFlags): Promise<Project> {
  const [first, second] = projects;
  const cloud = flags.osCloud === undefined ? 'this cloud' : `cloud "${flags.osCloud}"`;
  if (first === undefined)
    throw new UserError(`the user has a role in no project of ${cloud}: ask its operators for one`, {
      exitCode: exitCode.authentication,
    });
  if (second === undefined) return first;
  const named = projects.toSorted((a, b) => a.name.localeCompare(b.name));
  if (ask !== undefined)
    return ask.choose(
      'Project',
      named.map((project) => ({ name: project.name, value: project, description: project.id })),
    );
  throw new UserError(`which project? Choose one with --project or OS_PROJECT_NAME: ${projectList(named)}`, {
    exitCode: exitCode.usage,
  });
}

/** Names in a row; the ids as well where a name is there twice. */
export function projectList(projects: readonly Project[]): string {
  const twice = (name: string): boolean => projects.filter((project) => project.name === name).length > 1;
  return projects.map(({ id, name }) => (twice(name) ? `${name} (${id})` : name)).join(', ');
}
