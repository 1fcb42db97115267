import type { Cli } from '../cli.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { Login } from '../identity/session.ts';
import { readState, type ClusterState } from '../state/state.ts';

/** The clusters that this person made in the project of the login; none without a project. */
export async function rememberedClusters(
  cli: Pick<Cli, 'env' | 'home'>,
  { name: cloud }: Pick<CloudConfig, 'name'>,
  { project }: Pick<Login, 'project'>,
): Promise<readonly ClusterState[]> {
  return project === undefined ? [] : readState(cli, { cloud, projectId: project.id });
}
