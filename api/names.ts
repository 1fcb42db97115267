import { md5 } from './md5.ts';
import type { SparkApplication } from './sparkapplication.ts';

/** Longest DNS label: Service names and label values may not be longer. */
export const MAX_LABEL_LENGTH = 63;

/** Spark key that names the driver pod; honoured as kubeflow honours it. */
export const DRIVER_POD_NAME_KEY = 'spark.kubernetes.driver.pod.name';

/**
 * Name of the driver pod, the same for every attempt: `spec.driver.podName`, else
 * `spec.sparkConf["spark.kubernetes.driver.pod.name"]`, else `<application>-driver`.
 */
export function driverPodName({ metadata, spec }: Named): string {
  return firstSet(spec.driver?.podName, spec.sparkConf?.[DRIVER_POD_NAME_KEY]) ?? `${metadata.name}-driver`;
}

/** Name of the Service of the Spark UI: `<application>-ui-svc`, shortened with a hash above 63 characters. */
export const uiServiceName = ({ metadata }: Named): string => shortened(metadata.name, 'ui-svc');

/** Name of the Ingress of the Spark UI: `<application>-ui-ingress`, shortened with a hash above 63 characters. */
export const uiIngressName = ({ metadata }: Named): string => shortened(metadata.name, 'ui-ingress');

/** Name of the ConfigMap with the Prometheus exporter's configuration. */
export const prometheusConfigMapName = ({ metadata }: Named): string => `${metadata.name}-prom-conf`;

interface Named {
  readonly metadata: Pick<SparkApplication['metadata'], 'name'>;
  readonly spec: Pick<SparkApplication['spec'], 'driver' | 'sparkConf'>;
}

/** kubeflow's rule: cut the name and put 8 digits of the MD5 of the full one between it and the suffix. */
function shortened(name: string, suffix: string): string {
  const full = `${name}-${suffix}`;
  if (full.length <= MAX_LABEL_LENGTH) return full;
  const room = MAX_LABEL_LENGTH - suffix.length - 10;
  return `${name.slice(0, room)}-${md5(full).slice(0, 8)}-${suffix}`;
}

/** The first text that is there and not empty: an empty name counts as unset, as in kubeflow. */
const firstSet = (...texts: (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined && text !== '');
