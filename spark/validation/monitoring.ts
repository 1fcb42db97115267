import { when, type Check } from './check.ts';

/** Metrics that nobody would ever see: without the exporter the other fields have no effect. */
export const monitoringWithoutPrometheus: Check = ({ spec: { monitoring } }) => {
  if (monitoring === undefined || monitoring.prometheus !== undefined) return [];
  const { exposeDriverMetrics, exposeExecutorMetrics, metricsProperties, metricsPropertiesFile } = monitoring;
  const wanted =
    exposeDriverMetrics || exposeExecutorMetrics || (metricsProperties ?? metricsPropertiesFile) !== undefined;
  return when(
    wanted,
    'spec.monitoring.prometheus',
    'is missing: without it nothing of monitoring takes effect; set prometheus.jmxExporterJar to the exporter’s path in the image, or remove monitoring',
  );
};

/** An exporter that cannot be started. */
export const exporterInvalid: Check = ({ spec: { monitoring } }) => {
  const prometheus = monitoring?.prometheus;
  if (prometheus === undefined) return [];
  const { jmxExporterJar, port = 8090, portName = 'jmx-exporter' } = prometheus;
  const path = 'spec.monitoring.prometheus';
  return [
    ...when(
      jmxExporterJar === '',
      `${path}.jmxExporterJar`,
      'is empty: give the path of the exporter’s jar in the image',
    ),
    ...when(!(port >= 1024 && port <= 49151), `${path}.port`, `${port} is outside 1024 to 49151`),
    ...when(portName.length > 15, `${path}.portName`, `"${portName}" is longer than 15 characters`),
  ];
};
