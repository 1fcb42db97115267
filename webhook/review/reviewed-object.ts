import type { StoredObjectMeta } from '../../api/kubernetes.ts';
import type { AdmissionRequest } from './admission-request.ts';

/**
 * The object of a request with the identity that the API server will store it with. Its metadata is ObjectMeta, and its
 * other fields are what the CRD of its kind says, as far as that types them.
 */
export function reviewedObject({ object, namespace, name, uid }: AdmissionRequest): unknown {
  // `readAdmissionRequest` has checked that it is an object, the API server that it is ObjectMeta.
  const metadata = object['metadata'] as Partial<StoredObjectMeta>;
  const { generateName = '' } = metadata;
  const identity = { namespace, name: name === '' ? `${generateName}00000` : name, uid: metadata.uid ?? uid };
  return { ...object, metadata: { ...metadata, ...identity } };
}
