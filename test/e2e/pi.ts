/** The Spark image that the e2e layer runs, and the driver account of the shared release. */
export const SPARK_IMAGE = 'localhost/spark:4.0.1';
export const SPARK_ACCOUNT = 'spark-operator-spark';

export interface PiOptions {
  readonly namespace: string;
  readonly name: string;
  /** Laid over the spec: `driver` and `executor` field by field, the rest replaced. */
  readonly spec?: Fields;
}

/** Fields of a spec; `driver` and `executor` are merged, not replaced. */
export type Fields = Readonly<Record<string, unknown>> & { readonly driver?: object; readonly executor?: object };

/** The smallest SparkApplication that computes Pi: Python, one executor. */
export function piApplication({ namespace, name, spec = {} }: PiOptions) {
  return {
    apiVersion: 'sparkoperator.k8s.io/v1beta2',
    kind: 'SparkApplication',
    metadata: { name, namespace },
    spec: {
      type: 'Python',
      mode: 'cluster',
      image: SPARK_IMAGE,
      imagePullPolicy: 'IfNotPresent',
      sparkVersion: '4.0.1',
      mainApplicationFile: 'local:///opt/spark/examples/src/main/python/pi.py',
      arguments: ['2'],
      // On a machine that is busy with other things a JVM may not get its first connection within the usual ten seconds.
      sparkConf: {
        'spark.kubernetes.driver.connectionTimeout': '60000',
        'spark.kubernetes.driver.requestTimeout': '60000',
      },
      ...spec,
      driver: { cores: 1, coreRequest: '100m', memory: '512m', serviceAccount: SPARK_ACCOUNT, ...spec.driver },
      executor: { cores: 1, coreRequest: '100m', memory: '512m', instances: 1, ...spec.executor },
    },
  };
}
