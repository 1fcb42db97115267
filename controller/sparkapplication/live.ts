import { driverPodName } from '../../api/names.ts';
import { LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { KubeClient } from '../../kube/client.ts';
import { isNotFound } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import type { LiveReading } from './observe.ts';
import { podView } from './pod-view.ts';
import type { Stores } from './stores.ts';

/**
 * Application and driver pod as the API server has them now. Undefined when the application is gone or is another one of
 * the same name.
 *
 * @throws ApiError when the API server cannot be reached: then nothing is decided.
 */
export async function readLive(
  client: KubeClient,
  stores: Stores,
  app: SparkApplication,
): Promise<LiveReading | undefined> {
  const { namespace, name, uid } = app.metadata;
  const podName = app.status?.driverInfo?.podName ?? driverPodName(app);
  const [current, pod] = await Promise.all([
    found(client.get(resources.sparkApplications, { namespace, name })),
    found(client.get(resources.pods, { namespace, name: podName })),
  ]);
  if (current?.metadata.uid !== uid) return undefined;
  stores.acceptApp(current);
  return { app: current, driver: isOf(pod, current) ? podView(pod) : undefined };
}

/** A pod of the same name may belong to another attempt, or to somebody else. */
const isOf = (pod: Pod | undefined, { status }: SparkApplication): pod is Pod =>
  pod?.metadata?.labels?.[LABEL_SUBMISSION_ID] !== undefined &&
  pod.metadata.labels[LABEL_SUBMISSION_ID] === status?.submissionID;

/** The answer, or undefined when there is no such object. */
export async function found<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
