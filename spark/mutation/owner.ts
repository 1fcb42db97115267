import type { OwnerReference } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Mutator } from './mutator.ts';
import { putByKey } from './pod-edit.ts';

/** The reference that makes an application the controller of an object: what it owns goes with it. */
export const ownerReference = ({ apiVersion, kind, metadata }: SparkApplication): OwnerReference => ({
  apiVersion,
  kind,
  name: metadata.name,
  uid: metadata.uid,
  controller: true,
});

/** The application owns its driver; the driver, by Spark's doing, owns the executors. */
export const addOwner: Mutator = (pod, { app, role }) =>
  role === 'executor'
    ? pod
    : {
        ...pod,
        metadata: {
          ...pod.metadata,
          ownerReferences: putByKey(pod.metadata?.ownerReferences, [ownerReference(app)], ({ uid }) => uid),
        },
      };
