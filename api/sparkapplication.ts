import type { IngressTLS, StoredObjectMeta, Volume } from './kubernetes.ts';
import type { Int32, Int64, StringMap } from './scalars.ts';
import type { SparkApplicationStatus } from './sparkapplication-status.ts';
import type { DriverSpec, ExecutorSpec } from './spark-pod.ts';

export type { SparkApplicationStatus } from './sparkapplication-status.ts';
export type {
  DriverSpec,
  ExecutorSpec,
  GPUSpec,
  NameKey,
  NamePath,
  Port,
  SecretInfo,
  SparkPodSpec,
} from './spark-pod.ts';

/** One Spark application: the operator submits it, watches it and tries again as its restart policy says. */
export interface SparkApplication {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: StoredObjectMeta;
  readonly spec: SparkApplicationSpec;
  readonly status?: SparkApplicationStatus;
}

/** What to run and how. Only `mainApplicationFile` must be set, and `mainClass` for a jar. */
export interface SparkApplicationSpec {
  /** True: do not submit; a driver that runs is deleted. False again: submit anew. */
  readonly suspend?: boolean;
  /** Language of the application. Unset: told from the end of `mainApplicationFile`, else Scala. */
  readonly type?: ApplicationType;
  /** Version of Spark in the image, such as 4.0.1. Decides which rules of Spark are followed. */
  readonly sparkVersion?: string;
  /**
   * Where the driver runs. Only `cluster` is supported: the driver runs in a pod.
   * @default "cluster"
   */
  readonly mode?: DeployMode;
  /** Hadoop user to act as (`--proxy-user` of spark-submit). */
  readonly proxyUser?: string;
  /** Container image of driver and executors (`spark.kubernetes.container.image`). */
  readonly image?: string;
  /** When the image is pulled: Always, IfNotPresent or Never (`spark.kubernetes.container.image.pullPolicy`). */
  readonly imagePullPolicy?: string;
  /** Names of Secrets with registry credentials (`spark.kubernetes.container.image.pullSecrets`). */
  readonly imagePullSecrets?: readonly string[];
  /** Class with the main method. Needed for a Java or Scala application (`--class` of spark-submit). */
  readonly mainClass?: string;
  /** URI of the jar, Python or R file to run. `local:///path` is a file in the image. */
  readonly mainApplicationFile: string;
  /** Arguments of the application, passed on as they are. */
  readonly arguments?: readonly string[];
  /** Spark properties, as `--conf` of spark-submit. Fields of this object win over them. */
  readonly sparkConf?: StringMap;
  /** Hadoop properties; each becomes the Spark property `spark.hadoop.<key>`. */
  readonly hadoopConf?: StringMap;
  /** ConfigMap with Spark configuration files, mounted at /etc/spark/conf as SPARK_CONF_DIR. */
  readonly sparkConfigMap?: string;
  /** ConfigMap with Hadoop configuration files, mounted at /etc/hadoop/conf as HADOOP_CONF_DIR. */
  readonly hadoopConfigMap?: string;
  /** Volumes that driver and executors may mount. A name with the prefix `spark-local-dir-` makes scratch space of it. */
  readonly volumes?: readonly Volume[];
  /** The driver pod. */
  readonly driver?: DriverSpec;
  /** The executor pods. */
  readonly executor?: ExecutorSpec;
  /** Files and libraries that the application needs. */
  readonly deps?: Dependencies;
  /** Whether and when to run again. Unset: never. */
  readonly restartPolicy?: RestartPolicy;
  /** Node labels that driver and executors need. Cannot be combined with a nodeSelector of driver or executor. */
  readonly nodeSelector?: StringMap;
  /** Old field of kubeflow without any effect: use restartPolicy.onFailureRetries. */
  readonly failureRetries?: Int32;
  /** Old field of kubeflow without any effect: use restartPolicy.onFailureRetryInterval. */
  readonly retryInterval?: Int64;
  /** Major version of Python in the image (`spark.kubernetes.pyspark.pythonVersion`, read by Spark 2 and 3.0 only). */
  readonly pythonVersion?: '2' | '3';
  /** Share of the memory that is added for use outside the heap, such as "0.2" (`spark.kubernetes.memoryOverheadFactor`). */
  readonly memoryOverheadFactor?: string;
  /** Metrics of driver and executors. */
  readonly monitoring?: MonitoringSpec;
  /** Batch scheduler that places the pods together, such as volcano, yunikorn or kube-scheduler. */
  readonly batchScheduler?: string;
  /** Options of the batch scheduler. */
  readonly batchSchedulerOptions?: BatchSchedulerOptions;
  /** Seconds after the end of the application at which this object is deleted; 0 or less deletes it at once. Unset: never. */
  readonly timeToLiveSeconds?: Int64;
  /** Service and Ingress of the Spark UI. */
  readonly sparkUIOptions?: SparkUIOptions;
  /** Further Services and Ingresses in front of driver ports. */
  readonly driverIngressOptions?: readonly DriverIngressOptions[];
  /** Let Spark start and stop executors as the load asks (`spark.dynamicAllocation.*`). */
  readonly dynamicAllocation?: DynamicAllocation;
  /** True: protect the driver pod from voluntary eviction with a PodDisruptionBudget. */
  readonly driverPodDisruptionBudget?: boolean;
  /** Limits in time. Passing one counts as a failure with the reason Timeout. */
  readonly timeouts?: Timeouts;
  /** How the application is submitted. */
  readonly submission?: SubmissionOptions;
}

export type ApplicationType = 'Java' | 'Python' | 'Scala' | 'R';

/** `client` is part of kubeflow's API and refused with a message: the driver would run inside the operator. */
export type DeployMode = 'cluster' | 'client';

/** Files and libraries by URI; lists of spark-submit. */
export interface Dependencies {
  /** Jars for the class path of driver and executors (`--jars`). */
  readonly jars?: readonly string[];
  /** Files for the working folder of the executors (`--files`). */
  readonly files?: readonly string[];
  /** Python files: .zip, .egg or .py (`--py-files`). */
  readonly pyFiles?: readonly string[];
  /** Maven coordinates group:artifact:version (`--packages`). */
  readonly packages?: readonly string[];
  /** group:artifact pairs that are left out when packages are resolved (`--exclude-packages`). */
  readonly excludePackages?: readonly string[];
  /** Further Maven repositories for packages (`--repositories`). */
  readonly repositories?: readonly string[];
  /** Archives that are unpacked in the working folder of the executors (`--archives`). */
  readonly archives?: readonly string[];
}

/** When the application is run again after it ended. */
export interface RestartPolicy {
  /**
   * Never; OnFailure, within the retries below; Always, also after success; OnInfrastructureFailure, only when the node,
   * an eviction or the cluster was to blame and not the application, within the same retries.
   * @default "Never"
   */
  readonly type?: 'Never' | 'OnFailure' | 'Always' | 'OnInfrastructureFailure';
  /**
   * Further submissions after one failed.
   * @minimum 0
   */
  readonly onSubmissionFailureRetries?: Int32;
  /**
   * Further runs after one failed.
   * @minimum 0
   */
  readonly onFailureRetries?: Int32;
  /**
   * Seconds between a failed submission and the next; grows with each retry. Unset: 5.
   * @minimum 1
   */
  readonly onSubmissionFailureRetryInterval?: Int64;
  /**
   * Seconds between a failed run and the next; grows with each retry. Unset: 5.
   * @minimum 1
   */
  readonly onFailureRetryInterval?: Int64;
  /** How the interval grows. Unset: in step with the number of retries. */
  readonly backoff?: Backoff;
  /**
   * A run that lasted at least this many seconds before it failed sets the count of retries back to zero.
   * @minimum 1
   */
  readonly resetAfterSeconds?: Int64;
}

/** Waiting time of retry n: interval × factor^(n-1), at most `maxIntervalSeconds`. */
export interface Backoff {
  /**
   * What the interval is multiplied with after each failure.
   * @minimum 1
   */
  readonly factor?: number;
  /**
   * Longest wait in seconds.
   * @minimum 1
   */
  readonly maxIntervalSeconds?: Int64;
  /**
   * Share of the wait, 0 to 1, by which it is moved so that many applications do not come back at once.
   * @minimum 0
   * @maximum 1
   */
  readonly jitter?: number;
}

/** Limits in seconds; an unset limit is none. */
export interface Timeouts {
  /**
   * From submission until the driver container runs.
   * @minimum 1
   */
  readonly driverStartSeconds?: Int64;
  /**
   * From the start of the driver until the first executor runs.
   * @minimum 1
   */
  readonly executorsStartSeconds?: Int64;
  /**
   * From the start of the driver until its end.
   * @minimum 1
   */
  readonly runSeconds?: Int64;
}

/** How the application is submitted. */
export interface SubmissionOptions {
  /**
   * Native: by the operator itself, or refused. SparkSubmit: by spark-submit in a Job of the application's own image.
   * Auto: Native where that is known to do the same, else SparkSubmit. Unset: Auto.
   */
  readonly lane?: SubmissionLane;
}

export type SubmissionLane = 'Auto' | 'Native' | 'SparkSubmit';

/** `spark.dynamicAllocation.*`; nothing is set unless `enabled` is true. */
export interface DynamicAllocation {
  /** True: Spark starts and stops executors as the load asks. */
  readonly enabled?: boolean;
  /**
   * Executors to start with (`spark.dynamicAllocation.initialExecutors`).
   * @minimum 0
   */
  readonly initialExecutors?: Int32;
  /**
   * Fewest executors (`spark.dynamicAllocation.minExecutors`).
   * @minimum 0
   */
  readonly minExecutors?: Int32;
  /**
   * Most executors (`spark.dynamicAllocation.maxExecutors`).
   * @minimum 0
   */
  readonly maxExecutors?: Int32;
  /** Keep executors that hold shuffle data, so that no shuffle service is needed. Unset: true. */
  readonly shuffleTrackingEnabled?: boolean;
  /** Milliseconds for which an executor with shuffle data is kept (`spark.dynamicAllocation.shuffleTracking.timeout`). */
  readonly shuffleTrackingTimeout?: Int64;
}

/** Metrics of driver and executors. */
export interface MonitoringSpec {
  /** Expose the metrics of the driver. */
  readonly exposeDriverMetrics: boolean;
  /** Expose the metrics of the executors. */
  readonly exposeExecutorMetrics: boolean;
  /** Text of a metrics.properties file. */
  readonly metricsProperties?: string;
  /** Path of a metrics.properties file in the image. Wins over `metricsProperties`. */
  readonly metricsPropertiesFile?: string;
  /** Expose the metrics to Prometheus with the JMX exporter. Needed for the other fields to have an effect. */
  readonly prometheus?: PrometheusSpec;
}

/** The JMX exporter, a Java agent in driver and executors. */
export interface PrometheusSpec {
  /** Path of the exporter's jar in the image. */
  readonly jmxExporterJar: string;
  /**
   * Port at which the exporter answers. Unset: 8090.
   * @minimum 1024
   * @maximum 49151
   */
  readonly port?: Int32;
  /** Name of that port. Unset: jmx-exporter. */
  readonly portName?: string;
  /** Path of the exporter's configuration in the image. Wins over `configuration`. */
  readonly configFile?: string;
  /** Text of the exporter's configuration. Unset: one that fits Spark. */
  readonly configuration?: string;
}

/** Options of the batch scheduler. */
export interface BatchSchedulerOptions {
  /** Queue that the application joins. */
  readonly queue?: string;
  /** PriorityClass of the pod group (Volcano). */
  readonly priorityClassName?: string;
  /** Resources that must be free before the first pod starts, instead of the computed ones (Volcano). */
  readonly resources?: Readonly<Record<string, string | number>>;
}

/** Service and Ingress of the Spark UI. */
export interface SparkUIOptions {
  /**
   * Port of the Service. Unset: 4040.
   * @minimum 1
   * @maximum 65535
   */
  readonly servicePort?: Int32;
  /** Name of that port. Unset: spark-driver-ui-port. */
  readonly servicePortName?: string;
  /** Type of the Service: ClusterIP, NodePort or LoadBalancer. Unset: ClusterIP. */
  readonly serviceType?: string;
  readonly serviceAnnotations?: StringMap;
  readonly serviceLabels?: StringMap;
  readonly ingressAnnotations?: StringMap;
  /** TLS hosts and Secrets of the Ingress. */
  readonly ingressTLS?: readonly IngressTLS[];
}

/** A Service and an Ingress in front of one port of the driver. */
export interface DriverIngressOptions {
  /**
   * Port of the Service and of the driver.
   * @minimum 1
   * @maximum 65535
   */
  readonly servicePort: Int32;
  /** Name of that port. */
  readonly servicePortName: string;
  /** Type of the Service: ClusterIP, NodePort or LoadBalancer. Unset: ClusterIP. */
  readonly serviceType?: string;
  readonly serviceAnnotations?: StringMap;
  readonly serviceLabels?: StringMap;
  /** URL of the Ingress; {{$appName}} and {{$appNamespace}} stand for name and namespace of the application. */
  readonly ingressURLFormat?: string;
  readonly ingressAnnotations?: StringMap;
  /** TLS hosts and Secrets of the Ingress. */
  readonly ingressTLS?: readonly IngressTLS[];
}
