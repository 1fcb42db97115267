import { withImmutableConfigMap, withProperties, withVolume } from './driver-draft.ts';
import type { DriverStep } from './driver-draft.ts';

const KEY = 'podspec-configmap-key';
const DIRECTORY = '/opt/spark/pod-template';
const FILE = 'pod-spec-template.yml';

/** Hands the executors' pod template to the driver, which makes the executors from it (PodTemplateConfigMapStep). */
export const executorTemplateStep: DriverStep = (draft, { app, names, executorTemplate }) => {
  const name = names.executorTemplateConfigMap;
  // JSON is YAML: Spark's reader takes both.
  const template = JSON.stringify(executorTemplate, undefined, 2);
  const stored = withImmutableConfigMap(draft, { app }, name, { [KEY]: template });
  const mounted = withVolume(
    stored,
    { name: 'pod-template-volume', configMap: { name, items: [{ key: KEY, path: FILE }] } },
    { mountPath: DIRECTORY },
  );
  return withProperties(mounted, { 'spark.kubernetes.executor.podTemplateFile': `${DIRECTORY}/${FILE}` });
};
