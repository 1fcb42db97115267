import type { Command } from 'commander';

import type { Cli, Kubernetes } from '../cli.ts';
import { explainFailure } from '../explain-failure.ts';
import { globalFlagsOf } from '../global-options.ts';
import { clusterAccess } from '../kubeconfig/cluster-access.ts';
import { loadProfile } from '../site-profile/load-profile.ts';
import type { SiteProfile } from '../site-profile/site-profile.ts';
import { clusterFacts, type ClusterFacts } from './cluster-facts.ts';
import { explainHelm } from './helm-story.ts';
import { helmFor, type Helm } from './helm.ts';
import { requireHelm } from './helm-version.ts';
import { readInClusterState, type InClusterState } from './in-cluster-state.ts';
import { DEFAULT_NAME, type SparkFlags } from './spark-options.ts';

/** What the commands on a cluster's operator have in common. */
export interface OpenSpark {
  readonly flags: SparkFlags;
  readonly profile: SiteProfile;
  readonly kubernetes: Kubernetes;
  readonly helm: Helm;
  readonly namespace: string;
  readonly release: string;
  readonly facts: ClusterFacts;
  /** What an earlier run left in the cluster. */
  readonly state: InClusterState | undefined;
}

/** Opens the cluster that the flags name, for as long as `use` takes. Its refusals are explained to people. */
export async function withSpark<T>(cli: Cli, command: Command, use: (spark: OpenSpark) => Promise<T>): Promise<T> {
  // commander promises the types by the definitions of spark-options.ts.
  const flags = command.optsWithGlobals<SparkFlags>();
  const profile = await loadProfile(cli, globalFlagsOf(command));
  const namespace = flags.namespace ?? profile.spark.namespace ?? DEFAULT_NAME;
  const { release } = flags;
  await requireHelm(helmFor(cli.helm, { kubeconfig: {}, release, namespace }));
  const kubernetes = await clusterAccess(cli, command);
  const { server, kubeconfig } = kubernetes;
  try {
    const helm = helmFor(cli.helm, { kubeconfig, release, namespace });
    const facts = await clusterFacts(cli, kubeconfig);
    const state = await readInClusterState(kubernetes.client, namespace);
    return await use({ flags, profile, kubernetes, helm, namespace, release, facts, state });
  } catch (error) {
    throw explainFailure(explainHelm(error), { server });
  } finally {
    await kubernetes.close();
  }
}
