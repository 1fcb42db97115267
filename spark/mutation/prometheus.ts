import { prometheusConfigMapName } from '../../api/names.ts';
import type { MonitoringSpec } from '../../api/sparkapplication.ts';
import { withConfigMap } from './mount.ts';
import type { Mutator, PodRole } from './mutator.ts';
import { hasPort, withPorts } from './ports.ts';

/** Where the exporter's and Spark's metrics configuration are mounted, kubeflow's path. */
export const METRICS_DIRECTORY = '/etc/metrics/conf';

/** Where the exporter answers unless a port is said, as with kubeflow. */
export const DEFAULT_EXPORTER_PORT = 8090;
export const DEFAULT_EXPORTER_PORT_NAME = 'jmx-exporter';

/** True if the metrics of a role are to be exposed. */
export const isExposed = ({ exposeDriverMetrics, exposeExecutorMetrics }: MonitoringSpec, role: PodRole): boolean =>
  role === 'driver' ? exposeDriverMetrics : exposeExecutorMetrics;

/** True if the operator has to provide a ConfigMap, because not both files are in the image. */
export const needsMetricsConfigMap = (monitoring: MonitoringSpec): boolean =>
  isSet(monitoring.metricsPropertiesFile) ? !isSet(monitoring.prometheus?.configFile) : true;

const isSet = (text: string | undefined): boolean => text !== undefined && text !== '';

/** The JMX exporter's configuration and port. */
export const addPrometheus: Mutator = (pod, { app, role }) => {
  const { monitoring } = app.spec;
  const prometheus = monitoring?.prometheus;
  if (monitoring === undefined || prometheus === undefined) return pod;
  if (!isExposed(monitoring, role) || !needsMetricsConfigMap(monitoring)) return pod;
  const port = {
    name: prometheus.portName ?? DEFAULT_EXPORTER_PORT_NAME,
    containerPort: prometheus.port ?? DEFAULT_EXPORTER_PORT,
    protocol: 'TCP',
  };
  const configMap = prometheusConfigMapName(app);
  const mounted = withConfigMap(pod, `${configMap}-vol`, configMap, METRICS_DIRECTORY);
  // A port of the user's for the same number keeps its name.
  return hasPort(mounted, port) ? mounted : withPorts(mounted, [port]);
};
