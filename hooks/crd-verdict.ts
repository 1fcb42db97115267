import type { CustomResourceDefinition } from './crd.ts';

/** What to do with one definition, and why where that is not plain. */
export type CrdVerdict =
  | { readonly kind: 'Create' }
  | { readonly kind: 'Update' }
  /** Left as it is: it serves, and ours cannot take its place. */
  | { readonly kind: 'Leave'; readonly reason: string }
  /** The operator cannot run with what is there. */
  | { readonly kind: 'Refuse'; readonly reason: string };

/**
 * Whether a definition of this release may be applied over what the cluster has. Versions in which objects may be stored
 * (`status.storedVersions`) must stay: the API server refuses to drop them, and the objects could not be read any more. So
 * after a rollback to a release that knows fewer versions, the newer definition stays.
 */
export function crdVerdict(
  existing: CustomResourceDefinition | undefined,
  wanted: CustomResourceDefinition,
): CrdVerdict {
  if (existing === undefined) return { kind: 'Create' };
  const { name } = wanted.metadata;
  if (existing.metadata.deletionTimestamp !== undefined)
    return {
      kind: 'Refuse',
      reason: `${name} is being deleted, with all its objects: wait for that to end, then try again`,
    };
  if (existing.spec.scope !== wanted.spec.scope)
    return {
      kind: 'Refuse',
      reason: `${name} has scope ${existing.spec.scope}, this release needs ${wanted.spec.scope}: a scope cannot be changed, delete the definition of the other installation first`,
    };
  const known = wanted.spec.versions.map((version) => version.name);
  const lost = (existing.status?.storedVersions ?? []).filter((version) => !known.includes(version));
  return lost.length === 0 ? { kind: 'Update' } : unknownVersions(existing, wanted, lost);
}

function unknownVersions(
  existing: CustomResourceDefinition,
  wanted: CustomResourceDefinition,
  lost: readonly string[],
): CrdVerdict {
  const { name } = wanted.metadata;
  const served = existing.spec.versions.filter((version) => version.served).map((version) => version.name);
  const missing = wanted.spec.versions.filter((version) => version.served && !served.includes(version.name));
  const stored = `objects of ${name} may be stored as ${lost.join(', ')}, which this release does not know`;
  if (missing.length === 0) return { kind: 'Leave', reason: `${stored}: the definition stays as it is` };
  return {
    kind: 'Refuse',
    reason: `${stored}, and ${missing.map((version) => version.name).join(', ')} is not served: migrate the objects and remove ${lost.join(', ')} from status.storedVersions`,
  };
}
