import type { Container } from '../../../api/kubernetes.ts';
import type { SparkApplication } from '../../../api/sparkapplication.ts';
import { DRIVER_CONTAINER } from '../../mutation/spark-container.ts';
import type { SparkConf } from '../spark-conf.ts';
import type { DriverDraft } from './driver-draft.ts';

/**
 * The pod that Spark starts from: `driver.template`, or an empty one. The template's container of Spark's name becomes the
 * driver (or the one that `spark.kubernetes.driver.podTemplateContainerName` names), else its first; it leaves the list
 * and comes back last.
 */
export function startDraft({ spec }: SparkApplication, conf: SparkConf): DriverDraft {
  const { metadata, spec: podSpec } = spec.driver?.template ?? {};
  const containers = podSpec?.containers ?? [];
  const wanted = conf.get('spark.kubernetes.driver.podTemplateContainerName') ?? DRIVER_CONTAINER;
  const chosen = containers.find(({ name }) => name === wanted) ?? containers[0];
  return {
    pod: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata },
      spec: { ...podSpec, containers: containers.filter((container) => container !== chosen) },
    },
    container: namedContainer(chosen),
    properties: {},
    resources: [],
  };
}

/** A template may leave the name out. */
const namedContainer = (container: Container | undefined): Container => ({
  ...container,
  name: container?.name ?? DRIVER_CONTAINER,
});
