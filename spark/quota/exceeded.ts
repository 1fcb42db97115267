import type { ResourceQuota } from '../../api/kubernetes.ts';
import { cpuMillicores, memoryBytes } from '../../api/quantity.ts';

/** Messages for the quotas that do not have the room. */
export function exceededQuotas(
  required: Readonly<Record<string, bigint | number>>,
  quotas: readonly ResourceQuota[],
): readonly string[] {
  return quotas.flatMap(({ metadata, status }) =>
    Object.entries(required).flatMap(([resource, need]) => {
      const hard = status?.hard?.[resource];
      if (hard === undefined) return [];
      const used = status?.used?.[resource] ?? '0';
      const room = amountOf(resource, hard) - amountOf(resource, used);
      return Number(need) <= room
        ? []
        : [`ResourceQuota ${metadata?.name ?? ''} has ${used} of ${hard} ${resource} in use: no room for ${need} more`];
    }),
  );
}

const amountOf = (resource: string, text: string): number =>
  (resource.endsWith('cpu') ? cpuMillicores(text) : memoryBytes(text)) ?? 0;
