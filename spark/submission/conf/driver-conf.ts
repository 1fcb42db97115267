import { DRIVER_POD_NAME_KEY, driverPodName } from '../../../api/names.ts';
import type { SparkApplication } from '../../../api/sparkapplication.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { given, givenEach } from './conf-entries.ts';
import { roleConf } from './role-conf.ts';

/** The properties of the driver's fields. */
export const driverConf = (app: SparkApplication, submissionId: string): ConfEntry[] => [
  [DRIVER_POD_NAME_KEY, driverPodName(app)],
  ...roleConf({ app, role: 'driver', pod: app.spec.driver ?? {}, submissionId }),
  ...given('spark.kubernetes.driver.master', app.spec.driver?.kubernetesMaster),
  ...givenEach('spark.kubernetes.driver.service.label.', app.spec.driver?.serviceLabels),
  ...givenEach('spark.kubernetes.driver.service.annotation.', app.spec.driver?.serviceAnnotations),
];
