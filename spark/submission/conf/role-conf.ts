import type { SparkApplication, SparkPodSpec } from '../../../api/sparkapplication.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { given, givenEach } from './conf-entries.ts';
import { podLabels } from './label-conf.ts';
import { jmxExporter } from '../monitoring/jmx-exporter.ts';
import { localVolumeConf } from './local-volume-conf.ts';
import { javaOptionsConf } from './monitoring-conf.ts';
import { secretConf } from './secret-conf.ts';

/** The part of an application that one role's properties come from. */
export interface RoleInput {
  readonly app: SparkApplication;
  readonly role: 'driver' | 'executor';
  readonly pod: SparkPodSpec;
  readonly submissionId: string;
}

/** From 4.3 on Spark sets this of its containers itself, from the property or to false. */
const ESCALATION_KEY = 'securityContext.allowPrivilegeEscalation';

const envPrefix = { driver: 'spark.kubernetes.driverEnv.', executor: 'spark.executorEnv.' } as const;

/**
 * The fields that driver and executor share. They win over `sparkConf`. Scheduler and node selector are written as
 * properties too, for Spark lays its properties over a pod template.
 */
export function roleConf({ app, role, pod, submissionId }: RoleInput): ConfEntry[] {
  const kubernetes = `spark.kubernetes.${role}.`;
  return [
    ...givenEach(`${kubernetes}label.`, podLabels(app, pod.labels, submissionId)),
    ...givenEach(`${kubernetes}annotation.`, { ...jmxExporter(app, role)?.annotations, ...pod.annotations }),
    ...resourceConf(role, pod),
    ...given(`${kubernetes}container.image`, pod.image),
    ...given(`spark.kubernetes.authenticate.${role}.serviceAccountName`, pod.serviceAccount),
    ...javaOptionsConf(app, role),
    ...given(`${kubernetes}scheduler.name`, app.spec.batchScheduler ?? pod.schedulerName),
    ...givenEach(`${kubernetes}node.selector.`, pod.nodeSelector),
    ...given(`${kubernetes}${ESCALATION_KEY}`, pod.securityContext?.allowPrivilegeEscalation),
    ...givenEach(envPrefix[role], pod.envVars),
    ...secretKeyRefConf(kubernetes, pod),
    ...secretConf(pod.secrets, { secrets: `${kubernetes}secrets.`, env: envPrefix[role] }),
    ...localVolumeConf(app, pod, `${kubernetes}volumes.`),
  ];
}

const resourceConf = (role: RoleInput['role'], pod: SparkPodSpec): ConfEntry[] => [
  ...given(`spark.${role}.cores`, pod.cores),
  ...given(`spark.kubernetes.${role}.request.cores`, pod.coreRequest),
  ...given(`spark.kubernetes.${role}.limit.cores`, pod.coreLimit),
  ...given(`spark.${role}.memory`, pod.memory),
  ...given(`spark.${role}.memoryOverhead`, pod.memoryOverhead),
];

const secretKeyRefConf = (kubernetes: string, { envSecretKeyRefs }: SparkPodSpec): ConfEntry[] =>
  Object.entries(envSecretKeyRefs ?? {}).map(([env, { name, key }]): ConfEntry => [
    `${kubernetes}secretKeyRef.${env}`,
    `${name}:${key}`,
  ]);
