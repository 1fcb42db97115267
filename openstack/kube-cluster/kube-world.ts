import type { Cli } from '../cli.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { nova } from '../compute/nova-client.ts';
import type { Nova } from '../compute/nova.ts';
import { magnum } from '../container-infra/magnum-client.ts';
import type { Magnum } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import type { Login, Session } from '../identity/session.ts';
import { regionOf } from '../kubeconfig/region-of.ts';
import { UserError } from '../../terminal/user-error.ts';

/** Everything that making and deleting clusters may touch. */
export interface KubeWorld {
  readonly cli: Cli;
  readonly magnum: Magnum;
  readonly nova: Nova;
  readonly session: Session;
  readonly config: CloudConfig;
  readonly login: Login;
  readonly projectId: string;
  /** Part of the names in kubeconfigs. */
  readonly region: string;
}

/** A world over an open cloud. @throws UserError with exit code 2 when the login is for no project */
export function kubeWorld(
  cli: Cli,
  { config, session, login }: Pick<KubeWorld, 'config' | 'session' | 'login'>,
): KubeWorld {
  if (login.project === undefined)
    throw new UserError('the login is for no project, and clusters belong to one: choose it with --project', {
      exitCode: exitCode.usage,
    });
  return {
    cli,
    config,
    session,
    login,
    magnum: magnum(session),
    nova: nova(session),
    projectId: login.project.id,
    region: regionOf(config, login),
  };
}

/** Whose state file: that of the cloud's entry and the project. */
export const ownerOf = ({ config, projectId }: Pick<KubeWorld, 'config' | 'projectId'>) => ({
  cloud: config.name,
  projectId,
});
