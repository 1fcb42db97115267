import { executorTemplate } from '../executor-template.ts';
import { withProperties, withResource, withVolume } from './driver-draft.ts';
import type { DriverStep } from './driver-draft.ts';

const KEY = 'podspec-configmap-key';
const DIRECTORY = '/opt/spark/pod-template';
const FILE = 'pod-spec-template.yml';

/** Hands the executors' pod template to the driver, which makes the executors from it (PodTemplateConfigMapStep). */
export const executorTemplateStep: DriverStep = (draft, { app, names }) => {
  const name = names.executorTemplateConfigMap;
  const stored = withResource(draft, {
    resource: 'configmaps',
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: app.metadata.namespace },
      immutable: true,
      // JSON is YAML: Spark's reader takes both.
      data: { [KEY]: JSON.stringify(executorTemplate(app), undefined, 2) },
    },
  });
  const mounted = withVolume(
    stored,
    { name: 'pod-template-volume', configMap: { name, items: [{ key: KEY, path: FILE }] } },
    { mountPath: DIRECTORY },
  );
  return withProperties(mounted, { 'spark.kubernetes.executor.podTemplateFile': `${DIRECTORY}/${FILE}` });
};
