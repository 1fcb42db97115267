import { uniqueIdOf, uuidOf } from '../identity.ts';
import { javaTrim } from './java-text.ts';

/** Kubernetes' limit for a DNS label, which a Service name is. */
const DNS_LABEL_MAX = 63;

/** The names of one attempt's objects. All follow from the submission id and Spark's application name. */
export interface SubmissionNames {
  /** What Spark calls the resource name prefix: `<application>-<16 hex>`. */
  readonly prefix: string;
  /** The headless Service that executors reach the driver by. */
  readonly driverService: string;
  /** The ConfigMap with spark.properties. */
  readonly driverConfigMap: string;
  /** The ConfigMap with the executor's pod template. */
  readonly executorTemplateConfigMap: string;
  /** The scratch folder when neither conf nor volumes name one. */
  readonly localDirectory: string;
}

/** Names as Spark's submission forms them, with hashes of the attempt where Spark draws lots. */
export function submissionNames(applicationName: string, submissionId: string): SubmissionNames {
  const prefix = resourceNamePrefix(applicationName, uniqueIdOf(submissionId, 'prefix'));
  const longService = `${prefix}-driver-svc`;
  return {
    prefix,
    driverService:
      longService.length <= DNS_LABEL_MAX ? longService : `spark-${uniqueIdOf(submissionId, 'service')}-driver-svc`,
    driverConfigMap: `spark-drv-${uniqueIdOf(submissionId, 'conf-map')}-conf-map`,
    executorTemplateConfigMap: `${prefix}-driver-podspec-conf-map`,
    localDirectory: `/var/data/spark-${uuidOf(submissionId, 'local-directory')}`,
  };
}

/** Spark's resource name prefix: lower case, one dash for whatever is no letter or digit; a leading digit becomes `x`. */
export const resourceNamePrefix = (applicationName: string, uniqueId: string): string =>
  (javaTrim(applicationName) === '' ? uniqueId : javaTrim(`${applicationName}-${uniqueId}`))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .replaceAll(/-+/g, '-')
    .replace(/^-/, '')
    .replace(/^[0-9]/, 'x');

/** The value of the label `spark-app-name`; empty when the name has no letter or digit. */
export const appNameLabel = (applicationName: string): string =>
  javaTrim(applicationName)
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .replaceAll(/-+/g, '-')
    .slice(0, DNS_LABEL_MAX)
    .replace(/^-/, '')
    .replace(/-$/, '');
