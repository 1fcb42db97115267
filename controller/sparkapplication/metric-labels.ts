import type { SparkApplication } from '../../api/sparkapplication.ts';

/** Names and values of the labels of one series. */
export type MetricLabels = Readonly<Record<string, string>>;

/** A label of Prometheus has no dots, dashes or slashes. */
export const metricLabel = (label: string): string => label.replaceAll(/[^a-zA-Z0-9_]/g, '_');

/** What an application says for these labels; `namespace` is its namespace, and what it lacks is Unknown (kubeflow's rule). */
export const metricLabelsOf = (labels: readonly string[], { metadata }: SparkApplication): MetricLabels =>
  Object.fromEntries(
    labels.map((label) => [
      metricLabel(label),
      label === 'namespace' ? metadata.namespace : (metadata.labels?.[label] ?? 'Unknown'),
    ]),
  );
