/** Spark's metrics go to JMX, where the exporter finds them, with those of the Java machines. */
export const DEFAULT_METRICS_PROPERTIES = `*.sink.jmx.class=org.apache.spark.metrics.sink.JmxSink
driver.source.jvm.class=org.apache.spark.metrics.source.JvmSource
executor.source.jvm.class=org.apache.spark.metrics.source.JvmSource
`;

/**
 * Rules of the JMX exporter. Spark names its metrics `<namespace>.<application>.<driver or executor number>.<source>.<metric>`
 * (`spark.metrics.namespace` sets the first two); these become labels, as with kubeflow. What no rule matches is dropped.
 */
export const DEFAULT_EXPORTER_CONFIG = String.raw`lowercaseOutputName: true
attrNameSnakeCase: true
rules:
  - pattern: metrics<name=(\S+)\.(\S+)\.driver\.(BlockManager|DAGScheduler|jvm)\.(\S+)><>Value
    name: spark_driver_$3_$4
    type: GAUGE
    labels: { app_namespace: "$1", app_id: "$2" }
  - pattern: metrics<name=(\S+)\.(\S+)\.driver\.(LiveListenerBus|HiveExternalCatalog|CodeGenerator)\.(\S+)><>Count
    name: spark_driver_$3_$4_count
    type: COUNTER
    labels: { app_namespace: "$1", app_id: "$2" }
  - pattern: metrics<name=(\S+)\.(\S+)\.driver\.spark\.streaming\.(\S+)\.(\S+)><>Value
    name: spark_structured_streaming_driver_$4
    type: GAUGE
    labels: { app_namespace: "$1", app_id: "$2", query_name: "$3" }
  - pattern: metrics<name=(\S+)\.(\S+)\.(\d+)\.(executor|jvm|NettyBlockTransfer)\.(\S+)><>Value
    name: spark_executor_$4_$5
    type: GAUGE
    labels: { app_namespace: "$1", app_id: "$2", executor_id: "$3" }
  - pattern: metrics<name=(\S+)\.(\S+)\.(\d+)\.(executor|ExternalShuffle|HiveExternalCatalog|CodeGenerator)\.(\S+)><>Count
    name: spark_executor_$4_$5_count
    type: COUNTER
    labels: { app_namespace: "$1", app_id: "$2", executor_id: "$3" }
`;
