import type { Cluster, NodeGroup } from '../container-infra/magnum.ts';

/** What Magnum's and Heat's words mean for a person; the first that fits a reason is told. */
const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /trustee or trust/i,
    'Keystone refused the trust that Magnum makes for a cluster: logins with an application credential may not have one. Log in with a password or Kerberos, then create it again',
  ],
  [
    /application credential/i,
    'Magnum could not make an application credential in your name: log in with a password or Kerberos, or with an unrestricted application credential',
  ],
  [
    /quota/i,
    'a quota of the project is used up: "opsparkctl doctor" shows what is left; free some, or order fewer or smaller nodes',
  ],
  [
    /no valid host/i,
    'no hypervisor has room for a server of this flavor: try a smaller one, fewer nodes, or ask the operators of the cloud',
  ],
  [/floating ?ip|external network/i, 'no floating IP could be had: order with --no-floating-ip, or free some'],
  [/key[- ]?pair/i, 'the keypair is missing: it must be one of the user who ordered the cluster'],
  [/image/i, "the template's image cannot be used: choose another template, or tell the operators of the cloud"],
  [
    /timed? ?out/i,
    'the servers did not come up in time: more time with --create-timeout, or ask the operators of the cloud',
  ],
];

/** Why a cluster failed, by node group, and what may help. Lines for people; the reasons are Magnum's own words. */
export function diagnosis(cluster: Cluster, groups: readonly NodeGroup[]): readonly string[] {
  const reasons = reasonsOf(cluster, groups);
  const said = reasons.map(({ reason }) => reason).join('\n');
  const [, advice] = explanations.find(([pattern]) => pattern.test(said)) ?? [];
  return [
    ...(reasons.length === 0 ? ['Magnum gives no reason'] : []),
    ...reasons.map(({ where, reason }) => (where === undefined ? reason : `${where}: ${reason}`)),
    ...(advice === undefined ? [] : [`This means: ${advice}`]),
  ];
}

interface Reason {
  readonly where: string | undefined;
  readonly reason: string;
}

/** Faults, then those of node groups, then the cluster's own; each text once. */
function reasonsOf({ status_reason: own, faults }: Cluster, groups: readonly NodeGroup[]): readonly Reason[] {
  const candidates: readonly { where: string | undefined; reason: string | null | undefined }[] = [
    ...Object.entries(faults ?? {}).map(([where, reason]) => ({ where, reason })),
    ...groups
      .filter(({ status }) => status.endsWith('_FAILED'))
      .map(({ name, status_reason: reason }) => ({ where: name, reason })),
    { where: undefined, reason: own },
  ];
  const seen = new Set<string>();
  return candidates.flatMap(({ where, reason }) => {
    const text = reason?.replaceAll(/\s+/g, ' ').trim() ?? '';
    if (text === '' || seen.has(text)) return [];
    seen.add(text);
    return [{ where, reason: text }];
  });
}
