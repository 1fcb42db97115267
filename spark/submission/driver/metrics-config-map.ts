import { prometheusConfigMapName } from '../../../api/names.ts';
import { needsMetricsConfigMap } from '../../mutation/prometheus.ts';
import { DEFAULT_EXPORTER_CONFIG, DEFAULT_METRICS_PROPERTIES } from '../monitoring/default-metrics.ts';
import { EXPORTER_CONFIG_FILE, METRICS_PROPERTIES_FILE } from '../monitoring/jmx-exporter.ts';
import { withResource } from './driver-draft.ts';
import type { DriverStep } from './driver-draft.ts';

/** The ConfigMap with the metrics configuration, unless both files are in the image. Ours, not Spark's; the mutations mount it. */
export const metricsConfigMapStep: DriverStep = (draft, { app }) => {
  const { monitoring } = app.spec;
  const prometheus = monitoring?.prometheus;
  if (monitoring === undefined || prometheus === undefined || !needsMetricsConfigMap(monitoring)) return draft;
  return withResource(draft, {
    resource: 'configmaps',
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: prometheusConfigMapName(app), namespace: app.metadata.namespace },
      data: {
        [METRICS_PROPERTIES_FILE]: setOr(monitoring.metricsProperties, DEFAULT_METRICS_PROPERTIES),
        [EXPORTER_CONFIG_FILE]: setOr(prometheus.configuration, DEFAULT_EXPORTER_CONFIG),
      },
    },
  });
};

const setOr = (text: string | undefined, fallback: string): string =>
  text === undefined || text === '' ? fallback : text;
