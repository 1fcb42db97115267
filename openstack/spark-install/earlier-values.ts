import type { Helm, Release } from './helm.ts';
import type { SparkOrder } from './order.ts';
import type { Values } from './values.ts';

/**
 * The values that a release goes on with: those of its last revision that came up. What a failed run was given is not among
 * them: it may be the very reason.
 */
export async function earlierValues(
  helm: Pick<Helm, 'goodRevisions' | 'valuesOf'>,
  release: Release | undefined,
  { resetValues }: Pick<SparkOrder, 'resetValues'>,
): Promise<Values> {
  if (release === undefined || resetValues) return {};
  if (release.status === 'deployed') return release.values;
  const last = (await helm.goodRevisions()).at(-1);
  return last === undefined ? {} : helm.valuesOf(last);
}
