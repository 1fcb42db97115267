import type {
  Affinity,
  EnvFromSource,
  EnvVar,
  ObjectMeta,
  StoredObjectMeta,
  Toleration,
  Volume,
  VolumeMount,
} from './kubernetes.ts';
import type { Int64, StringMap } from './scalars.ts';
import type { NamePath } from './spark-pod.ts';
import type { Condition } from './sparkapplication-status.ts';

/** Which objects: all of `matchLabels` and all of `matchExpressions` (Kubernetes' LabelSelector). Empty = everything. */
export interface LabelSelector {
  /** Labels that must have these values. */
  readonly matchLabels?: StringMap;
  /** Requirements on labels. */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** One requirement on a label. */
export interface LabelSelectorRequirement {
  /** The label. */
  readonly key: string;
  /** How the label relates to `values`. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** Needed by In and NotIn, forbidden with Exists and DoesNotExist. */
  readonly values?: readonly string[];
}

/** What a site gives every Spark pod: filled in where the application says nothing. Never overwrites. */
export interface SparkPodDefaultsSpec {
  /** Applications (or pods that others submitted) by their labels. Unset: all. */
  readonly selector?: LabelSelector;
  /** Namespaces by their labels; only in the operator's own namespace. Unset: all. */
  readonly namespaceSelector?: LabelSelector;
  /**
   * Which pods get the pod fields below. `sparkConf` and `hadoopConf` are for the whole application.
   * @default "Both"
   */
  readonly role?: 'Driver' | 'Executor' | 'Both';
  /** Spark properties of applications that do not set the same key. No credentials. */
  readonly sparkConf?: StringMap;
  /** Hadoop properties, without the `spark.hadoop.` in front. No credentials. */
  readonly hadoopConf?: StringMap;
  /** Volumes to mount: a name and one source, such as persistentVolumeClaim, hostPath, configMap, secret, csi or nfs. */
  readonly volumes?: readonly Volume[];
  /** Mounts of these volumes in the Spark container. */
  readonly volumeMounts?: readonly VolumeMount[];
  /** ConfigMaps to mount as read-only folders. */
  readonly configMaps?: readonly NamePath[];
  /** Secrets to mount as read-only folders. */
  readonly secrets?: readonly NamePath[];
  /** Environment variables of the Spark container: a name and value or valueFrom. Credentials only by valueFrom.secretKeyRef. */
  readonly env?: readonly EnvVar[];
  /** ConfigMaps (configMapRef) and Secrets (secretRef) of which every key becomes an environment variable. */
  readonly envFrom?: readonly EnvFromSource[];
  /** Filled in kind by kind: nodeAffinity, podAffinity and podAntiAffinity that the pod does not have. */
  readonly affinity?: Affinity;
  /** Taints that the pod tolerates, too. */
  readonly tolerations?: readonly Toleration[];
  /** Node labels that the pod needs. */
  readonly nodeSelector?: StringMap;
  /** Labels of the pod. */
  readonly labels?: StringMap;
  /** Annotations of the pod. */
  readonly annotations?: StringMap;
  /** Names of Secrets that open private registries. */
  readonly imagePullSecrets?: readonly string[];
  /**
   * Copy the Secrets and ConfigMaps that this object names from the operator's namespace into the selected job
   * namespaces, and keep the copies as the originals are. Only in the operator's own namespace.
   * @default false
   */
  readonly propagate?: boolean;
}

/** What the operator did with it. */
export interface SparkPodDefaultsStatus {
  /** `Ready`: valid and, with `propagate`, copied everywhere. */
  readonly conditions?: readonly Condition[];
  /** The `metadata.generation` that this status speaks of. */
  readonly observedGeneration?: Int64;
  /** Namespaces that hold copies of what it names, sorted; at most 100 are listed. */
  readonly propagatedTo?: readonly string[];
}

/** Site defaults for Spark pods. In the operator's namespace for all job namespaces, elsewhere for its own. */
export interface SparkPodDefaults {
  readonly apiVersion: 'sparkoperator.k8s.io/v1alpha1';
  readonly kind: 'SparkPodDefaults';
  readonly metadata: StoredObjectMeta;
  readonly spec: SparkPodDefaultsSpec;
  readonly status?: SparkPodDefaultsStatus;
}

/** As a user writes it. */
export interface NewSparkPodDefaults extends Omit<SparkPodDefaults, 'metadata' | 'status'> {
  readonly metadata: ObjectMeta & { readonly name: string };
}
