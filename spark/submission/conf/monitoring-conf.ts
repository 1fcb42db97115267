import type { SparkApplication } from '../../../api/sparkapplication.ts';
import type { PodRole } from '../../mutation/mutator.ts';
import { fileOr, jmxExporter, METRICS_PROPERTIES_FILE } from '../monitoring/jmx-exporter.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { given } from './conf-entries.ts';

/** Where Spark's metrics are described and how they are called; `sparkConf` of the user wins over both. */
export const metricsConf = ({ metadata, spec: { monitoring } }: SparkApplication): ConfEntry[] =>
  monitoring?.prometheus === undefined
    ? []
    : [
        ['spark.metrics.namespace', `${metadata.namespace}.${metadata.name}`],
        ['spark.metrics.conf', fileOr(monitoring.metricsPropertiesFile, METRICS_PROPERTIES_FILE)],
      ];

/** Java options of a role: the field, else the user's property, and the exporter behind them. */
export function javaOptionsConf(app: SparkApplication, role: PodRole): ConfEntry[] {
  const key = `spark.${role}.extraJavaOptions`;
  const field = app.spec[role]?.javaOptions;
  const exporter = jmxExporter(app, role);
  if (exporter === undefined) return given(key, field);
  const own = field === undefined || field === '' ? app.spec.sparkConf?.[key] : field;
  return [[key, [own ?? '', exporter.javaOption].filter((option) => option !== '').join(' ')]];
}
