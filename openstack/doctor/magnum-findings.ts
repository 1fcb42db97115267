import type { Cluster, Magnum } from '../container-infra/magnum.ts';
import { compareVersions, hasSince, NODE_GROUPS, versionText } from '../container-infra/microversion.ts';
import { driverFamily, familyWords } from './driver-family.ts';
import { type Finding, ok, warning } from './finding.ts';

/** What Magnum told, for other checks, too. */
export interface MagnumFacts {
  readonly findings: readonly Finding[];
  readonly clusters: readonly Cluster[];
  readonly max: Awaited<ReturnType<Magnum['versions']>>['max'];
}

/** Versions, templates, clusters, and what they tell of the driver. */
export async function magnumFindings(magnum: Magnum): Promise<MagnumFacts> {
  const { min, max } = await magnum.versions();
  const [templates, clusters, sent] = await Promise.all([
    magnum.clusterTemplates(),
    magnum.clusters(),
    magnum.microversion(),
  ]);
  const kubernetes = templates.filter(({ coe }) => coe === 'kubernetes');
  const family = driverFamily({ templates, clusters, max });
  const newest = compareVersions(sent, max) < 0 ? `, ${versionText(sent)} is used` : '';
  const speaks = `speaks ${versionText(min)} to ${versionText(max)}${newest}`;
  return {
    clusters,
    max,
    findings: [
      hasSince(max, NODE_GROUPS)
        ? ok('magnum', speaks)
        : warning('magnum', speaks, 'node groups (1.9) are missing: status shows the two default ones only'),
      ok('magnum', `driver: ${familyWords[family]}`),
      kubernetes.length > 0
        ? ok('magnum', `templates for Kubernetes: ${kubernetes.map(({ name }) => name).join(', ')}`)
        : warning('magnum', 'no template for Kubernetes is visible', "ask the cloud's operators for one, or make one"),
    ],
  };
}
