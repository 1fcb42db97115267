import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_SPARK_EXEC_ID, LABEL_SPARK_ROLE, ROLE_EXECUTOR } from '../../api/labels.ts';

/** The executor pod that Spark's driver would create: the driver's labels with the other role, owned by the driver pod. */
export function executorPod(driver: Pod, id: number): Pod {
  const { name = '', namespace = '', uid = '', labels = {} } = driver.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name.replace(/-driver$/, '')}-${(labels['sparkoperator.k8s.io/submission-id'] ?? '').slice(0, 8)}-exec-${id}`,
      namespace,
      labels: { ...labels, [LABEL_SPARK_ROLE]: ROLE_EXECUTOR, [LABEL_SPARK_EXEC_ID]: String(id) },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid, controller: true }],
    },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'spark-kubernetes-executor', image: driver.spec?.containers[0]?.image ?? 'none' }],
    },
  };
}
