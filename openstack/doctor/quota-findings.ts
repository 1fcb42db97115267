import type { ComputeLimits, Limit } from '../compute/nova.ts';
import { exitCode } from '../exit-code.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** A cluster has at least a control plane node and a worker, and each of them needs some of everything. */
const LEAST_INSTANCES = 2;

/** The numbers of a project. Undefined: nobody could tell them. */
export interface Quotas {
  readonly clusters: Limit | undefined;
  readonly compute: ComputeLimits | undefined;
  readonly floatingIps: Limit | undefined;
}

/** What is left of each quota, and whether a small cluster fits. */
export function quotaFindings({ clusters, compute, floatingIps }: Quotas): readonly Finding[] {
  return [
    ...(clusters === undefined ? [] : [clusterFinding(clusters)]),
    ...(compute === undefined
      ? []
      : [
          left('instances', compute.instances, LEAST_INSTANCES),
          left('cores', compute.cores, LEAST_INSTANCES),
          left('MiB of RAM', compute.ram, LEAST_INSTANCES * 2048),
        ]),
    ...(floatingIps === undefined ? [] : [left('floating IPs', floatingIps, 1)]),
  ];
}

function clusterFinding(clusters: Limit): Finding {
  const said = words('clusters', clusters);
  if (clusters.limit === undefined || clusters.used < clusters.limit) return ok('quota', said);
  return problem('quota', said, 'delete a cluster, or ask for a larger quota of Magnum', exitCode.forbidden);
}

function left(what: string, limit: Limit, least: number): Finding {
  const said = words(what, limit);
  if (limit.limit === undefined || limit.limit - limit.used >= least) return ok('quota', said);
  return warning('quota', said, `a small cluster needs ${least} ${what}: free some, or ask for a larger quota`);
}

const words = (what: string, { used, limit }: Limit): string =>
  limit === undefined ? `${what}: ${used} used, no limit` : `${what}: ${used} of ${limit} used`;
