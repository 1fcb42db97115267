import type { ConfigMap, PersistentVolumeClaim, Secret, Service } from '../../api/kubernetes.ts';

/** An object to create before the driver pod, and the resource of the API server that takes it. */
export type PlannedResource =
  | { readonly resource: 'configmaps'; readonly object: ConfigMap }
  | { readonly resource: 'services'; readonly object: Service }
  | { readonly resource: 'secrets'; readonly object: Secret }
  | { readonly resource: 'persistentvolumeclaims'; readonly object: PersistentVolumeClaim };
