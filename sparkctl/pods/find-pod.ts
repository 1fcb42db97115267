import {
  LABEL_APP_NAME,
  LABEL_SPARK_EXEC_ID,
  LABEL_SPARK_ROLE,
  LABEL_SUBMISSION_ID,
  ROLE_EXECUTOR,
} from '../../api/labels.ts';
import type { Pod } from '../../api/kubernetes.ts';
import { driverPodName } from '../../api/names.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { resources } from '../../kube/resources.ts';
import type { Cluster } from '../cli.ts';

/** The name under which the driver pod is (or will be) found. */
export const driverNameOf = (app: SparkApplication): string => app.status?.driverInfo?.podName ?? driverPodName(app);

/** The driver pod of the current attempt; undefined while there is none. A pod of another owner does not count. */
export async function findDriver(cluster: Cluster, app: SparkApplication): Promise<Pod | undefined> {
  const { name, namespace } = app.metadata;
  const pods = await cluster.list(resources.pods, {
    namespace,
    labelSelector: `${LABEL_APP_NAME}=${name}`,
    fieldSelector: `metadata.name=${driverNameOf(app)}`,
  });
  return pods.find((pod) => ofCurrentAttempt(pod, app));
}

/** The executor pods of the current attempt in the order of their numbers; of one number only when it is given. */
export async function findExecutors(cluster: Cluster, app: SparkApplication, id?: string): Promise<readonly Pod[]> {
  const { name, namespace } = app.metadata;
  const labels = [`${LABEL_APP_NAME}=${name}`, `${LABEL_SPARK_ROLE}=${ROLE_EXECUTOR}`];
  const pods = await cluster.list(resources.pods, {
    namespace,
    labelSelector: [...labels, ...(id === undefined ? [] : [`${LABEL_SPARK_EXEC_ID}=${id}`])].join(','),
  });
  return pods
    .filter((pod) => ofCurrentAttempt(pod, app))
    .toSorted((one, other) => Number(executorId(one)) - Number(executorId(other)));
}

/** Spark's number of an executor, from its label. */
export const executorId = (pod: Pod): string => pod.metadata?.labels?.[LABEL_SPARK_EXEC_ID] ?? '?';

/** Pods of an earlier attempt may still be on their way out. */
function ofCurrentAttempt(pod: Pod, { status }: SparkApplication): boolean {
  const submission = pod.metadata?.labels?.[LABEL_SUBMISSION_ID];
  return submission === undefined || status?.submissionID === undefined || submission === status.submissionID;
}
