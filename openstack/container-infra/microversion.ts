import type { Microversion } from './magnum.ts';

/** The lowest version that every Magnum speaks, and what it assumes when none is asked for. */
export const OLDEST: Microversion = { major: 1, minor: 1 };

/** The newest version whose answers this client knows (node labels and taints). */
export const NEWEST_KNOWN: Microversion = { major: 1, minor: 14 };

/** Node groups exist since then. */
export const NODE_GROUPS: Microversion = { major: 1, minor: 9 };

/** Quotas exist since then. */
export const QUOTAS: Microversion = { major: 1, minor: 6 };

/** Appeared with the release that makes no Keystone trusts any more: servers below it act for users by trusts. */
export const TRUST_FREE: Microversion = { major: 1, minor: 13 };

export const versionText = ({ major, minor }: Microversion): string => `${major}.${minor}`;

/** Negative, 0 or positive, as for Array.sort. */
export const compareVersions = (one: Microversion, other: Microversion): number =>
  one.major - other.major || one.minor - other.minor;

/** Whether a server of this version has what came with `since`. */
export const hasSince = (version: Microversion, since: Microversion): boolean => compareVersions(version, since) >= 0;

/** `1.10`, also with the service in front (`container-infra 1.10`). Undefined for anything else. */
export function parseVersion(text: string | undefined): Microversion | undefined {
  const found = /(\d+)\.(\d+)\s*$/.exec(text ?? '');
  return found === null ? undefined : { major: Number(found[1]), minor: Number(found[2]) };
}

/** The smaller of what the server knows and what we know. */
export const versionToSend = (max: Microversion): Microversion =>
  compareVersions(max, NEWEST_KNOWN) < 0 ? max : NEWEST_KNOWN;

/** The range in the words of a 406: `The supported version range is: [1.1, 1.10].` */
export function rangeInRefusal(said: string): { readonly min: Microversion; readonly max: Microversion } | undefined {
  const found = /\[\s*'?(\d+\.\d+)'?\s*[,-]\s*'?(\d+\.\d+)'?\s*\]/.exec(said);
  const min = parseVersion(found?.[1]);
  const max = parseVersion(found?.[2]);
  return min === undefined || max === undefined ? undefined : { min, max };
}
