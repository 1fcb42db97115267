import { cpuMillicores, memoryBytes } from '../../api/quantity.ts';

/** Amounts by the name that a ResourceQuota gives them: CPU in thousandths of a core, memory and storage in bytes, else counts. */
export type Amounts = Readonly<Record<string, number>>;

const isCpu = (resource: string): boolean => /(^|\.)cpu$/.test(resource);
const isBytes = (resource: string): boolean =>
  /(^|[./])(memory|storage|ephemeral-storage|hugepages-.*)$/.test(resource);

/** A Kubernetes quantity as an amount of the resource; 0 when it is none. */
export const amountOf = (resource: string, quantity: string | number | undefined): number =>
  (isCpu(resource) ? cpuMillicores : memoryBytes)(String(quantity ?? 0)) ?? 0;

const MEBIBYTE = 2 ** 20;

/** An amount as people write it: cores or m, Mi, or a count. */
export function amountText(resource: string, amount: number): string {
  if (isCpu(resource)) return amount % 1000 === 0 ? String(amount / 1000) : `${amount}m`;
  return isBytes(resource) && amount >= MEBIBYTE ? `${Math.ceil(amount / MEBIBYTE)}Mi` : String(amount);
}

/** Everything together. */
export const sumOf = (all: readonly Amounts[]): Amounts => merged(all, (left, right) => left + right);

/** Of each the most. */
export const mostOf = (all: readonly Amounts[]): Amounts => merged(all, Math.max);

/** The same `times` times. */
export const multiplied = (amounts: Amounts, times: number): Amounts =>
  Object.fromEntries(Object.entries(amounts).map(([resource, amount]) => [resource, amount * times]));

function merged(all: readonly Amounts[], join: (left: number, right: number) => number): Amounts {
  const result = new Map<string, number>();
  for (const amounts of all)
    for (const [resource, amount] of Object.entries(amounts))
      result.set(resource, join(result.get(resource) ?? 0, amount));
  return Object.fromEntries(result);
}
