import { API_VERSION, SPARK_APPLICATION_KIND } from '../../api/group.ts';
import type { DriverSpec, ExecutorSpec, SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { withDefaults } from '../../spark/defaulting.ts';

/** Large, and never read for a pod that exists: Spark and the controller have used them by then. */
const UNREAD = [
  'arguments',
  'deps',
  'sparkConf',
  'hadoopConf',
  'restartPolicy',
  'driverIngressOptions',
  'sparkUIOptions',
] as const satisfies readonly (keyof SparkApplicationSpec)[];

/**
 * An application as the pod mutations read it: with defaults, without status, managed fields, annotations, pod templates
 * and the fields above. Ten thousand applications fit into the memory of the webhook this way.
 */
export function podFields(app: SparkApplication): SparkApplication {
  const { metadata, spec } = withDefaults(app);
  const { name, namespace, uid } = metadata;
  const kept: Partial<Record<keyof SparkApplicationSpec, unknown>> = { ...spec };
  for (const key of UNREAD) Reflect.deleteProperty(kept, key);
  return {
    apiVersion: API_VERSION,
    kind: SPARK_APPLICATION_KIND,
    metadata: { name, namespace, uid },
    // Only optional fields were taken out.
    spec: {
      ...(kept as SparkApplicationSpec),
      driver: withoutTemplate(spec.driver),
      executor: withoutTemplate(spec.executor),
    },
  };
}

function withoutTemplate<T extends DriverSpec | ExecutorSpec>(pod: T): T {
  const rest = { ...pod };
  Reflect.deleteProperty(rest, 'template');
  return rest;
}
