import type { ResourceQuota } from '../../api/kubernetes.ts';
import { amountOf, amountText } from './amounts.ts';
import { scopesOf } from './scopes.ts';

/**
 * One message for each resource of which a quota has not enough left; empty when all fits. Quotas with scopes are passed
 * over, as sums do not tell which pods they count: `quotaFindings` looks at these too.
 */
export const exceededQuotas = (
  required: Readonly<Record<string, bigint | number>>,
  quotas: readonly ResourceQuota[],
): readonly string[] =>
  quotas.filter((quota) => scopesOf(quota).length === 0).flatMap((quota) => exceededIn(quota, required));

/** The same of one quota, given what it counts. Hard limits and use are those that the API server last counted. */
export const exceededIn = (
  quota: ResourceQuota,
  counted: Readonly<Record<string, bigint | number>>,
): readonly string[] =>
  Object.entries(hardOf(quota)).flatMap(([resource, hard]) => {
    const need = Number(counted[resource] ?? 0);
    const used = quota.status?.used?.[resource] ?? '0';
    const left = amountOf(resource, hard) - amountOf(resource, used);
    if (need === 0 || need <= left) return [];
    const name = quota.metadata?.name ?? '';
    return [`ResourceQuota ${name}: ${resource} needs ${amountText(resource, need)}, but ${used} of ${hard} are used`];
  });

/** The limits of a quota, as counted or, before the first count, as written. */
export const hardOf = ({ spec, status }: ResourceQuota): Readonly<Record<string, string>> =>
  status?.hard ?? spec?.hard ?? {};
