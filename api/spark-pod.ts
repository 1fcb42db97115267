import type {
  Affinity,
  Container,
  EnvFromSource,
  EnvVar,
  HostAlias,
  Lifecycle,
  PodDNSConfig,
  PodSecurityContext,
  PodTemplate,
  SecurityContext,
  Toleration,
  VolumeMount,
} from './kubernetes.ts';
import type { Int32, Int64, StringMap } from './scalars.ts';

/** What driver and executor pods have in common. Where a Spark key is named, its two forms differ in the role only. */
export interface SparkPodSpec {
  /** Pod to start from. Fields of this object and Spark's own settings are laid over it. */
  readonly template?: PodTemplate;
  /**
   * Cores, as a whole number (`spark.driver.cores`, `spark.executor.cores`). Unset: 1.
   * @minimum 1
   */
  readonly cores?: Int32;
  /** CPU request as a Kubernetes quantity, such as "500m" (`spark.kubernetes.driver.request.cores`). Unset: `cores`. */
  readonly coreRequest?: string;
  /** CPU limit as a Kubernetes quantity, such as "1200m" (`spark.kubernetes.driver.limit.cores`). Unset: none. */
  readonly coreLimit?: string;
  /** Heap as Java writes it: 512m, 4g (`spark.driver.memory`, `spark.executor.memory`). Unset: 1g. */
  readonly memory?: string;
  /** Memory outside the heap as Java writes it: 512m, 1g; a bare number is MiB (`spark.driver.memoryOverhead`). */
  readonly memoryOverhead?: string;
  /** Memory limit of the container, in Java or Kubernetes units. Unset: what Spark requests. */
  readonly memoryLimit?: string;
  /** GPUs of the container. */
  readonly gpu?: GPUSpec;
  /** Container image of this role instead of `spec.image` (`spark.kubernetes.driver.container.image`). */
  readonly image?: string;
  /** ConfigMaps to mount. */
  readonly configMaps?: readonly NamePath[];
  /** Secrets to mount (`spark.kubernetes.driver.secrets.<name>`). */
  readonly secrets?: readonly SecretInfo[];
  /** Environment variables of the Spark container. */
  readonly env?: readonly EnvVar[];
  /** Environment variables by name; `env` is the richer form. (`spark.kubernetes.driverEnv.<name>`, `spark.executorEnv.<name>`) */
  readonly envVars?: StringMap;
  /** ConfigMaps and Secrets of which every key becomes an environment variable. */
  readonly envFrom?: readonly EnvFromSource[];
  /** Environment variables from keys of Secrets; `env` is the richer form (`spark.kubernetes.driver.secretKeyRef.<name>`). */
  readonly envSecretKeyRefs?: Readonly<Record<string, NameKey>>;
  /** Labels of the pod (`spark.kubernetes.driver.label.<key>`). */
  readonly labels?: StringMap;
  /** Annotations of the pod (`spark.kubernetes.driver.annotation.<key>`). */
  readonly annotations?: StringMap;
  /** Mounts of `spec.volumes` in the Spark container. */
  readonly volumeMounts?: readonly VolumeMount[];
  /** Which nodes and neighbours the pod prefers or needs. */
  readonly affinity?: Affinity;
  /** Taints that the pod tolerates. */
  readonly tolerations?: readonly Toleration[];
  /** Node labels that the pod needs. */
  readonly nodeSelector?: StringMap;
  /** Security settings of the pod. */
  readonly podSecurityContext?: PodSecurityContext;
  /** Security settings of the Spark container. */
  readonly securityContext?: SecurityContext;
  /** Scheduler that places the pod. */
  readonly schedulerName?: string;
  /** Containers that run beside the Spark container. */
  readonly sidecars?: readonly Container[];
  /** Containers that run to their end before the Spark container starts. */
  readonly initContainers?: readonly Container[];
  /** True: use the network of the node. */
  readonly hostNetwork?: boolean;
  /** Name servers and search domains of the pod. */
  readonly dnsConfig?: PodDNSConfig;
  /**
   * Seconds between the request to stop and the kill.
   * @minimum 0
   */
  readonly terminationGracePeriodSeconds?: Int64;
  /** ServiceAccount of the pod (`spark.kubernetes.authenticate.driver.serviceAccountName`). */
  readonly serviceAccount?: string;
  /** Lines for /etc/hosts. */
  readonly hostAliases?: readonly HostAlias[];
  /** True: the containers of the pod see each other's processes. */
  readonly shareProcessNamespace?: boolean;
  /** Options of the Java machine (`spark.driver.extraJavaOptions`, `spark.executor.extraJavaOptions`). */
  readonly javaOptions?: string;
  /** What to run after the start and before the end of the Spark container. */
  readonly lifecycle?: Lifecycle;
  /** Ports of the Spark container beside Spark's own. */
  readonly ports?: readonly Port[];
  /** PriorityClass of the pod. */
  readonly priorityClassName?: string;
}

/** The driver pod. */
export interface DriverSpec extends SparkPodSpec {
  /**
   * Name of the driver pod (`spark.kubernetes.driver.pod.name`). Unset: `<application>-driver`.
   * @maxLength 253
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   */
  readonly podName?: string;
  /** URL of the API server that the driver talks to (`spark.kubernetes.driver.master`). Unset: the cluster's own. */
  readonly kubernetesMaster?: string;
  /** Annotations of the Service through which executors reach the driver (`spark.kubernetes.driver.service.annotation.<key>`). */
  readonly serviceAnnotations?: StringMap;
  /** Labels of the Service through which executors reach the driver (`spark.kubernetes.driver.service.label.<key>`). */
  readonly serviceLabels?: StringMap;
}

/** The executor pods. */
export interface ExecutorSpec extends SparkPodSpec {
  /**
   * Number of executors (`spark.executor.instances`). Unset: 1; with dynamic allocation see there.
   * @minimum 1
   */
  readonly instances?: Int32;
  /** False: keep executor pods after their end (`spark.kubernetes.executor.deleteOnTermination`). Unset: true. */
  readonly deleteOnTermination?: boolean;
}

/** Some number of one kind of GPU. */
export interface GPUSpec {
  /**
   * Resource name, such as nvidia.com/gpu.
   * @minLength 1
   */
  readonly name: string;
  /**
   * How many.
   * @minimum 1
   */
  readonly quantity: Int64;
}

/** A ConfigMap or Secret and where it is mounted. */
export interface NamePath {
  /** Its name. */
  readonly name: string;
  /** Folder at which it is mounted. */
  readonly path: string;
}

/** A Secret and where it is mounted. */
export interface SecretInfo {
  /** Name of the Secret. */
  readonly name: string;
  /** Folder at which it is mounted. */
  readonly path: string;
  /**
   * GCPServiceAccount also sets GOOGLE_APPLICATION_CREDENTIALS to key.json in the folder, HadoopDelegationToken sets
   * HADOOP_TOKEN_FILE_LOCATION to hadoop.token in it, Generic sets nothing.
   */
  readonly secretType: SecretType;
}

export type SecretType = 'GCPServiceAccount' | 'HadoopDelegationToken' | 'Generic';

/** One key of a Secret. */
export interface NameKey {
  /** Name of the Secret. */
  readonly name: string;
  /** Key in the Secret. */
  readonly key: string;
}

/** A port of the Spark container. */
export interface Port {
  readonly name: string;
  /** TCP, UDP or SCTP. */
  readonly protocol: string;
  /**
   * @minimum 1
   * @maximum 65535
   */
  readonly containerPort: Int32;
}
