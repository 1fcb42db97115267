import { apiVersionOf, resources, type Resource } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import type { ManifestDocument } from './parse-manifest.ts';

/** Our kinds, and what an application may need beside it in the same file. */
const known: readonly Resource[] = [
  resources.sparkApplications,
  resources.scheduledSparkApplications,
  resources.configmaps,
  resources.secrets,
  resources.serviceaccounts,
  resources.persistentvolumeclaims,
];

/** The resource that serves an object. @throws UserError for a kind that sparkctl does not create */
export function resourceOf({ object, where }: ManifestDocument): Resource {
  const { apiVersion, kind } = object;
  const resource = known.find((one) => one.kind === kind && apiVersionOf(one) === apiVersion);
  if (resource !== undefined) return resource;
  const sameKind = known.find((one) => one.kind === kind);
  throw new UserError(
    sameKind === undefined
      ? `${where('kind')}: sparkctl does not create objects of kind ${kind}: use kubectl apply for it`
      : `${where('apiVersion')}: ${kind} of ${apiVersion} is not known: apiVersion must be ${apiVersionOf(sameKind)}`,
  );
}
