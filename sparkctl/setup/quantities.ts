import { InvalidArgumentError } from 'commander';

import { parseQuantity } from '../../api/quantity.ts';
import type { StringMap } from '../../api/scalars.ts';

/** `cpu` and `memory` are what pods request, as `kubectl create quota` understands them. */
const NAMES: Readonly<Record<string, string>> = { cpu: 'requests.cpu', memory: 'requests.memory' };

/**
 * `cpu=20,memory=64Gi,pods=50` as the `hard` of a ResourceQuota.
 * @throws InvalidArgumentError, which commander prints with the name of the flag
 */
export const quota = (text: string): StringMap =>
  Object.fromEntries(Object.entries(quantities(text)).map(([name, amount]) => [NAMES[name] ?? name, amount]));

/**
 * `cpu=100m,memory=128Mi`, amounts by resource name.
 * @throws InvalidArgumentError, which commander prints with the name of the flag
 */
export function quantities(text: string): StringMap {
  const pairs = text.split(',').map((part) => /^([a-z0-9][-a-zA-Z0-9./]*)=(\S+)$/.exec(part.trim()) ?? []);
  if (pairs.some(([, name]) => name === undefined)) {
    throw new InvalidArgumentError('Expected amounts such as cpu=20,memory=64Gi,pods=50.');
  }
  const amounts = pairs.map(([, name = '', amount = '']) => [name, amount] as const);
  const bad = amounts.find(([, amount]) => parseQuantity(amount) === undefined);
  if (bad !== undefined)
    throw new InvalidArgumentError(`"${bad[1]}" is no amount of ${bad[0]}: write 20, 500m or 64Gi.`);
  return Object.fromEntries(amounts);
}
