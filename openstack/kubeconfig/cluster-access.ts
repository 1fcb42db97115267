import type { Command } from 'commander';

import type { KubeClient } from '../../kube/client.ts';
import type { Cli, KubeconfigChoice, Kubernetes } from '../cli.ts';
import { magnum } from '../container-infra/magnum-client.ts';
import { withCloud } from '../with-cloud.ts';
import { knowsAuthority } from './authority.ts';
import { chooseContext } from './choose-context.ts';
import { clusterFlagsOf } from './cluster-option.ts';
import { connectionTrouble, type ConnectionTrouble } from './connection-trouble.ts';
import { explainAccess } from './explain-access.ts';
import { knownContexts, type FoundContext } from './known-contexts.ts';

/** For the first answer: a person waits. */
const PROBE_MS = 20_000;

/**
 * Opens the Kubernetes that `--cluster`, `--kubeconfig` and `--context` name (kubectl's current one without them), and sees that
 * it answers.
 * @throws UserError: no such context (exit code 2 or 5), its credentials expired (3), unreachable or rotated authority (9)
 */
export async function clusterAccess(cli: Cli, command: Command): Promise<Kubernetes> {
  const { cluster, region, kubeconfig: file, context } = clusterFlagsOf(command);
  const known = await knownContexts(cli, file);
  const byName = cluster !== undefined && context === undefined;
  const named = known.contexts.find(({ entry }) => entry.context === context);
  const chosen = byName
    ? chooseContext(known.contexts, { cluster, region })
    : context === undefined
      ? known.current
      : named;
  const choice: KubeconfigChoice =
    byName && chosen !== undefined ? { file: chosen.file, context: chosen.entry.context } : { file, context };
  const kubernetes = await cli.openKubernetes(choice);
  const failed = await probe(kubernetes.client);
  if (failed === undefined) return kubernetes;
  await kubernetes.close();
  const rotated = failed.trouble === 'unreachable' ? undefined : await wasRotated(cli, command, chosen);
  throw explainAccess({ ...failed, chosen, server: kubernetes.server, rotated, now: cli.now() });
}

/** Any answer will do: who may not see the version may still do the work. */
async function probe({ transport }: KubeClient): Promise<{ trouble: ConnectionTrouble; error: unknown } | undefined> {
  const signal = AbortSignal.timeout(PROBE_MS);
  try {
    await transport.request({ verb: 'get', method: 'GET', resource: 'version', path: '/version', signal });
    return undefined;
  } catch (error) {
    const trouble = signal.aborted ? 'unreachable' : connectionTrouble(error);
    return trouble === undefined ? undefined : { trouble, error };
  }
}

/** Undefined when the cluster is none of ours, or Magnum cannot be asked: then the first failure is the one to tell. */
async function wasRotated(cli: Cli, command: Command, chosen: FoundContext | undefined): Promise<boolean | undefined> {
  const { origin, caPem } = chosen?.entry ?? {};
  if (origin === undefined || caPem === undefined) return undefined;
  try {
    return await withCloud(cli, command, async ({ session }) => {
      return !knowsAuthority(caPem, await magnum(session).authority(origin.uuid));
    });
  } catch {
    return undefined;
  }
}
