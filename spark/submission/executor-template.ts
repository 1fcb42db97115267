import type { Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { mutatePod } from '../mutation/mutate-pod.ts';
import { EXECUTOR_CONTAINER } from '../mutation/spark-container.ts';

/**
 * The pod that Spark starts every executor from: `executor.template` with the typed fields laid over it. It names no
 * owner: Spark makes the driver pod the owner, and with a second one the executors of a deleted driver would live on.
 */
export function executorTemplate(app: SparkApplication): Pod {
  const { metadata, spec } = app.spec.executor?.template ?? {};
  const containers = spec?.containers ?? [];
  return mutatePod(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      ...(metadata === undefined ? {} : { metadata }),
      spec: { ...spec, containers: containers.length > 0 ? containers : [{ name: EXECUTOR_CONTAINER }] },
    },
    'executor',
    app,
  );
}
