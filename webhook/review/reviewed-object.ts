import type { StoredObjectMeta } from '../../api/kubernetes.ts';
import type { AdmissionRequest } from './admission-request.ts';

interface Named {
  readonly metadata: StoredObjectMeta;
}

/**
 * The object of a request with an identity, as the API server will store it. Fields that the CRD types have been checked
 * by the API server; the parts that the CRD keeps open may still hold anything.
 */
export function reviewedObject<T extends Named>({ object, namespace, name, uid }: AdmissionRequest): T {
  // See above: the CRD of the kind that the path reviews guarantees the rest of the shape.
  const given = object as unknown as T;
  const { generateName = '' } = given.metadata;
  const identity = { namespace, name: name === '' ? `${generateName}00000` : name, uid: given.metadata.uid || uid };
  return { ...given, metadata: { ...given.metadata, ...identity } };
}
