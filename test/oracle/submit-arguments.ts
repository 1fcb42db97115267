import { LABEL_APP_NAME, LABEL_LAUNCHED_BY, LABEL_SUBMISSION_ID } from '../../api/labels.ts';
import type { SparkApplication, SparkPodSpec } from '../../api/sparkapplication.ts';

/** Files and addresses that exist only while spark-submit runs. */
export interface SubmitSurroundings {
  readonly masterUrl: string;
  readonly submissionId: string;
  readonly executorTemplateFile: string;
  /** Missing when the application has no driver template. */
  readonly driverTemplateFile?: string;
}

type Conf = readonly (readonly [string, string])[];

/**
 * The command line that kubeflow's operator gives spark-submit for an application, in its order, so that a comparison of
 * plans also compares precedence. Written apart from the builder under test, and meant to stay apart.
 */
export function submitArguments(app: SparkApplication, surroundings: SubmitSurroundings): string[] {
  const { metadata, spec } = app;
  const { deps = {} } = spec;
  const lists: Readonly<Record<string, readonly string[] | undefined>> = {
    '--jars': deps.jars,
    '--packages': deps.packages,
    '--exclude-packages': deps.excludePackages,
    '--repositories': deps.repositories,
    '--py-files': deps.pyFiles,
    '--files': deps.files,
    '--archives': deps.archives,
  };
  return [
    ...['--master', `k8s://${surroundings.masterUrl}`, '--deploy-mode', 'cluster'],
    ...flag('--class', spec.mainClass),
    ...['--name', metadata.name],
    ...Object.entries(lists).flatMap(([name, values = []]) => flag(name, values.join(','))),
    ...confOf(app, surroundings).flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
    ...flag('--proxy-user', spec.proxyUser),
    spec.mainApplicationFile,
    ...(spec.arguments ?? []),
  ];
}

const flag = (name: string, value: string | undefined): string[] =>
  value === undefined || value === '' ? [] : [name, value];

const set = (key: string, value: string | number | boolean | undefined): Conf =>
  value === undefined || value === '' ? [] : [[key, String(value)]];

const each = (prefix: string, values: Readonly<Record<string, string>> | undefined): Conf =>
  Object.entries(values ?? {}).map(([key, value]) => [`${prefix}${key}`, value]);

function confOf(app: SparkApplication, surroundings: SubmitSurroundings): Conf {
  const { metadata, spec } = app;
  const { driver = {}, executor = {}, imagePullSecrets = [] } = spec;
  return [
    ['spark.kubernetes.namespace', metadata.namespace],
    ...set('spark.kubernetes.container.image', spec.image),
    ...set('spark.kubernetes.container.image.pullPolicy', spec.imagePullPolicy),
    ...set('spark.kubernetes.container.image.pullSecrets', imagePullSecrets.join(',')),
    ...set('spark.kubernetes.pyspark.pythonVersion', spec.pythonVersion),
    ...set('spark.kubernetes.memoryOverheadFactor', spec.memoryOverheadFactor),
    ['spark.kubernetes.submission.waitAppCompletion', 'false'],
    ...each('', spec.sparkConf),
    ...each('spark.hadoop.', spec.hadoopConf),
    ['spark.kubernetes.driver.pod.name', driver.podName ?? `${metadata.name}-driver`],
    ...roleConf(app, 'driver', driver, surroundings),
    ...each('spark.kubernetes.driver.service.label.', driver.serviceLabels),
    ...each('spark.kubernetes.driver.service.annotation.', driver.serviceAnnotations),
    ...set('spark.kubernetes.driver.master', driver.kubernetesMaster),
    ...roleConf(app, 'executor', executor, surroundings),
    ...set('spark.executor.instances', executor.instances),
    ...set('spark.kubernetes.executor.deleteOnTermination', executor.deleteOnTermination),
    ...each('spark.kubernetes.node.selector.', spec.nodeSelector),
    ...dynamicAllocation(app),
    ...set('spark.kubernetes.driver.podTemplateFile', surroundings.driverTemplateFile),
    ...(surroundings.driverTemplateFile === undefined
      ? []
      : set('spark.kubernetes.driver.podTemplateContainerName', 'spark-kubernetes-driver')),
    ['spark.kubernetes.executor.podTemplateFile', surroundings.executorTemplateFile],
    ['spark.kubernetes.executor.podTemplateContainerName', 'spark-kubernetes-executor'],
  ];
}

function roleConf(
  { metadata, spec }: SparkApplication,
  role: 'driver' | 'executor',
  pod: SparkPodSpec,
  { submissionId }: SubmitSurroundings,
): Conf {
  const env = role === 'driver' ? 'spark.kubernetes.driverEnv.' : 'spark.executorEnv.';
  const prefix = `spark.kubernetes.${role}.`;
  return [
    ...each(`${prefix}label.`, metadata.labels),
    ...each(`${prefix}label.`, pod.labels),
    ...each(`${prefix}label.`, {
      [LABEL_APP_NAME]: metadata.name,
      [LABEL_LAUNCHED_BY]: 'true',
      [LABEL_SUBMISSION_ID]: submissionId,
    }),
    ...each(`${prefix}annotation.`, pod.annotations),
    ...set(`${prefix}container.image`, pod.image),
    ...set(`spark.${role}.cores`, pod.cores),
    ...set(`${prefix}request.cores`, pod.coreRequest),
    ...set(`${prefix}limit.cores`, pod.coreLimit),
    ...set(`spark.${role}.memory`, pod.memory),
    ...set(`spark.${role}.memoryOverhead`, pod.memoryOverhead),
    ...set(`spark.kubernetes.authenticate.${role}.serviceAccountName`, pod.serviceAccount),
    ...set(`spark.${role}.extraJavaOptions`, pod.javaOptions),
    ...each(env, pod.envVars),
    ...Object.entries(pod.envSecretKeyRefs ?? {}).flatMap(([name, ref]) =>
      set(`${prefix}secretKeyRef.${name}`, `${ref.name}:${ref.key}`),
    ),
    ...(pod.secrets ?? []).flatMap((secret) => [
      ...set(`${prefix}secrets.${secret.name}`, secret.path),
      ...(secret.secretType === 'GCPServiceAccount'
        ? set(`${env}GOOGLE_APPLICATION_CREDENTIALS`, `${secret.path}/key.json`)
        : []),
      ...(secret.secretType === 'HadoopDelegationToken'
        ? set(`${env}HADOOP_TOKEN_FILE_LOCATION`, `${secret.path}/hadoop.token`)
        : []),
    ]),
    ...localVolumes(spec, pod, `${prefix}volumes.`),
    // Ours: kubeflow sets these in its webhook, after Spark.
    ...set(`${prefix}scheduler.name`, pod.schedulerName),
    ...each(`${prefix}node.selector.`, pod.nodeSelector),
    ...set(`${prefix}securityContext.allowPrivilegeEscalation`, pod.securityContext?.allowPrivilegeEscalation),
  ];
}

const localVolumes = (spec: SparkApplication['spec'], pod: SparkPodSpec, prefix: string): Conf =>
  (pod.volumeMounts ?? [])
    .filter(({ name }) => name.startsWith('spark-local-dir-'))
    .flatMap((mount): Conf => {
      const volume = spec.volumes?.find(({ name }) => name === mount.name);
      const type =
        ['emptyDir', 'hostPath', 'nfs', 'persistentVolumeClaim'].find((kind) => kind in (volume ?? {})) ?? '';
      const base = `${prefix}${type}.${mount.name}.`;
      // The corpus has strings only in these sources.
      const options = Object.values(volume ?? {}).find((part) => typeof part === 'object') as Record<string, string>;
      return [
        ...set(`${base}mount.path`, mount.mountPath),
        ...set(`${base}mount.subPath`, mount.subPath),
        ...set(`${base}mount.readOnly`, mount.readOnly),
        ...each(`${base}options.`, options),
      ];
    });

function dynamicAllocation({ spec: { dynamicAllocation: wanted } }: SparkApplication): Conf {
  if (wanted?.enabled !== true) return [];
  return [
    ['spark.dynamicAllocation.enabled', 'true'],
    ...set('spark.dynamicAllocation.initialExecutors', wanted.initialExecutors),
    ...set('spark.dynamicAllocation.minExecutors', wanted.minExecutors),
    ...set('spark.dynamicAllocation.maxExecutors', wanted.maxExecutors),
    ['spark.dynamicAllocation.shuffleTracking.enabled', String(wanted.shuffleTrackingEnabled ?? true)],
    ...set('spark.dynamicAllocation.shuffleTracking.timeout', wanted.shuffleTrackingTimeout),
  ];
}
