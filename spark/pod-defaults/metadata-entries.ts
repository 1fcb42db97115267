import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { standOf, type PodEntry } from './pod-entry.ts';

const mapEntries =
  (field: 'labels' | 'annotations', word: string) =>
  (spec: SparkPodDefaultsSpec): readonly PodEntry[] =>
    Object.entries(spec[field] ?? {}).map(([key, value]) => ({
      text: `${word} ${key}`,
      value,
      stand: (pod) => standOf(pod.metadata?.[field]?.[key], value),
      add: (pod) => ({
        ...pod,
        metadata: { ...pod.metadata, [field]: { ...pod.metadata?.[field], [key]: value } },
      }),
    }));

/** `labels`, key by key. One more label on a driver does no harm: its Service selects by those it was made with. */
export const labelEntries = mapEntries('labels', 'label');

/** `annotations`, key by key. */
export const annotationEntries = mapEntries('annotations', 'annotation');
