import type { Cluster } from '../container-infra/magnum.ts';
import { failedWith } from '../openstack-error.ts';
import { readState } from '../state/state.ts';
import { chooseTemplate } from './choose-template.ts';
import type { ClusterWishes } from './cluster-wishes.ts';
import { contradictions } from './contradictions.ts';
import { decideStart, type Start } from './decide-start.ts';
import { type KubeWorld, ownerOf } from './kube-world.ts';
import { ORDER_LABEL, orderOf } from './order.ts';

export interface LookRequest {
  readonly wishes: ClusterWishes;
  readonly adopt: boolean;
  readonly recreate: boolean;
}

/** What was seen, and what follows from it. */
export interface Look {
  readonly start: Start;
  /** All clusters of the project, as a list tells them. */
  readonly clusters: readonly Cluster[];
}

/** Reads what there is of a name, in the cloud and in the state file, and decides what to do with it. */
export async function look(world: KubeWorld, { wishes, adopt, recreate }: LookRequest): Promise<Look> {
  const { cli, magnum } = world;
  const [clusters, state] = await Promise.all([magnum.clusters(), readState(cli, ownerOf(world))]);
  const named = await fullOnes(
    world,
    clusters.filter(({ name }) => name === wishes.name),
  );
  const template =
    named.length > 0 && wishes.template !== undefined
      ? await chooseTemplate({ ask: undefined }, magnum, wishes.template)
      : undefined;
  const start = decideStart({
    name: wishes.name,
    named,
    remembered: state.filter(({ name }) => name === wishes.name).map(({ uuid }) => uuid),
    order: template === undefined ? undefined : orderOf(wishes, template.uuid).labels?.[ORDER_LABEL],
    contradictions: (cluster) => contradictions(cluster, wishes, template?.uuid),
    adopt,
    recreate,
  });
  return { start, clusters };
}

/** Lists leave fields out; what vanishes in between was being deleted. */
async function fullOnes({ magnum }: KubeWorld, listed: readonly Cluster[]): Promise<readonly Cluster[]> {
  const full = await Promise.all(
    listed.map(async ({ uuid }) => {
      try {
        return await magnum.cluster(uuid);
      } catch (error) {
        if (failedWith(error, 'NotFound')) return undefined;
        throw error;
      }
    }),
  );
  return full.filter((cluster) => cluster !== undefined);
}
