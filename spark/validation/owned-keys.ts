import { OPERATOR_LABEL_PREFIX } from '../../api/labels.ts';

/** Spark properties of one subject that the operator sets itself, and what to use instead. */
export interface OwnedKeys {
  readonly keys: readonly string[];
  readonly instead: string;
}

/**
 * Properties that `sparkConf` may not carry at all. kubeflow refuses most of them as well; the others would be read from
 * the operator's own disk or would point the driver to another cluster.
 */
export const ownedKeys: readonly OwnedKeys[] = [
  {
    keys: ['spark.master', 'spark.kubernetes.driver.master'],
    instead: 'the operator knows the API server; driver.kubernetesMaster sets another one for the driver',
  },
  {
    keys: [
      'spark.kubernetes.container.image',
      'spark.kubernetes.driver.container.image',
      'spark.kubernetes.executor.container.image',
    ],
    instead: 'use the fields image, driver.image and executor.image',
  },
  {
    keys: [
      'spark.kubernetes.authenticate.driver.serviceAccountName',
      'spark.kubernetes.authenticate.executor.serviceAccountName',
      'spark.kubernetes.authenticate.serviceAccountName',
    ],
    instead: 'use the fields driver.serviceAccount and executor.serviceAccount',
  },
  {
    keys: ['spark.kubernetes.driver.podTemplateFile', 'spark.kubernetes.executor.podTemplateFile'],
    instead: 'use the fields driver.template and executor.template',
  },
  {
    keys: ['spark.kubernetes.context'],
    instead: 'no kubeconfig file is read; driver.kubernetesMaster sets another API server for the driver',
  },
  {
    keys: ['spark.app.id'],
    instead: 'the operator derives the id from the attempt; status.sparkApplicationId tells it',
  },
];

/** Prefixes of the same kind; checked by the operator, as the API server would have to look at every key. */
export const ownedPrefixes: readonly { readonly prefix: string; readonly instead: string }[] = [
  {
    prefix: 'spark.kubernetes.authenticate.submission.',
    instead: 'the operator submits with its own credentials',
  },
  {
    prefix: 'spark.submit.proxyUser.',
    instead: 'class paths stay closed to a proxy user (CVE-2023-22946); use the field proxyUser alone',
  },
  ...['driver.label.', 'executor.label.', 'driver.service.label.'].map((place) => ({
    prefix: `spark.kubernetes.${place}${OPERATOR_LABEL_PREFIX}`,
    instead: 'these labels belong to the operator',
  })),
];

/** Credentials for the API server, in any of their forms: a token, a file, a certificate. */
export const CREDENTIALS_PREFIX = 'spark.kubernetes.authenticate.';

/** Files that already lie in the driver pod. */
export const MOUNTED_CREDENTIALS_PREFIX = 'spark.kubernetes.authenticate.driver.mounted.';
