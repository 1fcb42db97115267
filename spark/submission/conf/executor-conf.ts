import type { SparkApplication } from '../../../api/sparkapplication.ts';
import { executorEnvCarrier } from '../../mutation/executor-env-carrier.ts';
import { EXECUTOR_CONTAINER } from '../../mutation/spark-container.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { given } from './conf-entries.ts';
import { roleConf } from './role-conf.ts';

/** Names the container of the executor's pod template that becomes the executor. */
export const EXECUTOR_CONTAINER_NAME_KEY = 'spark.kubernetes.executor.podTemplateContainerName';

/** From 4.1 on Spark sets the grace period of every executor itself, from this property or to 30 seconds. */
const GRACE_PERIOD_KEY = 'spark.kubernetes.executor.terminationGracePeriodSeconds';

const executorGracePeriod = ({ spec: { executor } }: SparkApplication): number | undefined =>
  executor?.terminationGracePeriodSeconds ?? executor?.template?.spec?.terminationGracePeriodSeconds;

/** The properties of the executors' fields, and of what Spark would overwrite in their pod template. */
export const executorConf = (app: SparkApplication, submissionId: string): ConfEntry[] => [
  ...roleConf({ app, role: 'executor', pod: app.spec.executor ?? {}, submissionId }),
  ...executorEnvCarrier(app).map(({ name, value }): ConfEntry => [`spark.executorEnv.${name}`, value]),
  ...given('spark.executor.instances', app.spec.executor?.instances),
  ...given('spark.kubernetes.executor.deleteOnTermination', app.spec.executor?.deleteOnTermination),
  ...given(GRACE_PERIOD_KEY, executorGracePeriod(app)),
  [EXECUTOR_CONTAINER_NAME_KEY, app.spec.sparkConf?.[EXECUTOR_CONTAINER_NAME_KEY] ?? EXECUTOR_CONTAINER],
];
