// Every label and annotation key that the operator or Spark puts on objects. Spelled as kubeflow and Spark spell them.

/** Name of the SparkApplication an object belongs to. */
export const LABEL_APP_NAME = 'sparkoperator.k8s.io/app-name';
/** 'true' on driver and executor pods of applications that the operator submitted. */
export const LABEL_LAUNCHED_BY = 'sparkoperator.k8s.io/launched-by-spark-operator';
/** Identity of the attempt (`status.submissionID`) an object belongs to. */
export const LABEL_SUBMISSION_ID = 'sparkoperator.k8s.io/submission-id';
/** 'true' on objects beside the pods: Services, Ingresses, ConfigMaps. */
export const LABEL_CREATED_BY = 'sparkoperator.k8s.io/created-by-spark-operator';
/** 'true' on pods that the pod webhook changed. */
export const LABEL_MUTATED_BY = 'sparkoperator.k8s.io/mutated-by-spark-operator';
/** Name of the ScheduledSparkApplication that started a SparkApplication. */
export const LABEL_SCHEDULED_APP_NAME = 'sparkoperator.k8s.io/scheduled-app-name';
/** On a ScheduledSparkApplication: start a run now. The value is a token: the same one never starts two runs. */
export const ANNOTATION_RUN_NOW = 'sparkoperator.k8s.io/run-now';
/** On a run: the time at which it was due (RFC 3339), or the token of the person who asked for it. */
export const ANNOTATION_DUE_AT = 'sparkoperator.k8s.io/due-at';

/** 'true' on a pod that others submitted (spark-submit, Spark Connect) and that shall get the site's SparkPodDefaults. */
export const LABEL_INJECT = 'sparkoperator.k8s.io/inject-pod-defaults';
/** 'enabled' on a namespace whose Spark pods, whoever submitted them, shall get the site's SparkPodDefaults. */
export const LABEL_NAMESPACE_INJECT = 'sparkoperator.k8s.io/inject-pod-defaults';
/** On copies of Secrets and ConfigMaps: `<namespace>.<name>` hashed of the SparkPodDefaults that asked for them. */
export const LABEL_PROPAGATED_BY = 'sparkoperator.k8s.io/propagated-by';
/** On the same copies, an annotation: `<namespace>/<name>` of the original. */
export const ANNOTATION_PROPAGATED_FROM = 'sparkoperator.k8s.io/propagated-from';
/** Who manages an object, as Kubernetes recommends to say it; and what we say. */
export const LABEL_MANAGED_BY = 'app.kubernetes.io/managed-by';
export const MANAGED_BY = 'spark-operator';

/** Prefix of all labels that belong to the operator: users cannot set labels under it. */
export const OPERATOR_LABEL_PREFIX = 'sparkoperator.k8s.io/';

/** 'driver' or 'executor'; set by Spark. */
export const LABEL_SPARK_ROLE = 'spark-role';
/** Spark's application id (`spark-` and 32 hexadecimal digits); set by Spark, read by executors' clean-up. */
export const LABEL_SPARK_APP_SELECTOR = 'spark-app-selector';
/** Spark's executor number, 1 and up. */
export const LABEL_SPARK_EXEC_ID = 'spark-exec-id';
/** Spark version of the submitter. */
export const LABEL_SPARK_VERSION = 'spark-version';
/** The application name, shortened to a label value by Spark. */
export const LABEL_SPARK_APP_NAME = 'spark-app-name';
/** Resource profile of an executor. */
export const LABEL_SPARK_EXEC_RESOURCE_PROFILE_ID = 'spark-exec-resourceprofile-id';

export const ROLE_DRIVER = 'driver';
export const ROLE_EXECUTOR = 'executor';

/** Labels that Spark sets itself and refuses from users (BasicDriverFeatureStep, BasicExecutorFeatureStep). */
export const sparkOwnedLabels: readonly string[] = [
  LABEL_SPARK_VERSION,
  LABEL_SPARK_APP_SELECTOR,
  LABEL_SPARK_APP_NAME,
  LABEL_SPARK_ROLE,
  LABEL_SPARK_EXEC_ID,
  LABEL_SPARK_EXEC_RESOURCE_PROFILE_ID,
];
