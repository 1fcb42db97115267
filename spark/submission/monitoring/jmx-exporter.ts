import type { SparkApplication } from '../../../api/sparkapplication.ts';
import type { PodRole } from '../../mutation/mutator.ts';
import { isExposed, METRICS_DIRECTORY } from '../../mutation/prometheus.ts';

const DEFAULT_PORT = 8090;

/** Files of the metrics ConfigMap, kubeflow's names. */
export const METRICS_PROPERTIES_FILE = 'metrics.properties';
export const EXPORTER_CONFIG_FILE = 'prometheus.yaml';

/** What the JMX exporter adds to the pods of one role. */
export interface JmxExporter {
  /** Loads the exporter into the Java machine. */
  readonly javaOption: string;
  /** By which Prometheus finds the pod. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** The exporter of a role; undefined when its metrics are not to be exposed. */
export function jmxExporter({ spec: { monitoring } }: SparkApplication, role: PodRole): JmxExporter | undefined {
  const prometheus = monitoring?.prometheus;
  if (monitoring === undefined || prometheus === undefined || !isExposed(monitoring, role)) return undefined;
  const port = String(prometheus.port ?? DEFAULT_PORT);
  const config = fileOr(prometheus.configFile, EXPORTER_CONFIG_FILE);
  return {
    javaOption: `-javaagent:${prometheus.jmxExporterJar}=${port}:${config}`,
    annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': port, 'prometheus.io/path': '/metrics' },
  };
}

/** A path of the user's in the image, or a file of the mounted ConfigMap. */
export const fileOr = (path: string | undefined, file: string): string =>
  path === undefined || path === '' ? `${METRICS_DIRECTORY}/${file}` : path;
