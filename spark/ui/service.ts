import type { Service } from '../../api/kubernetes.ts';
import { LABEL_APP_NAME, LABEL_CREATED_BY, LABEL_SPARK_ROLE, ROLE_DRIVER } from '../../api/labels.ts';
import { uiServiceName } from '../../api/names.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { ownerReference } from '../mutation/owner.ts';
import { attemptLabels } from '../submission/conf/label-conf.ts';

/** Spark's own port of its UI. */
const UI_PORT = 4040;

/**
 * The Service in front of the Spark UI, owned by the application and kept over its attempts. Ports as kubeflow has them:
 * `sparkUIOptions.servicePort`, or 4040 when `sparkUIOptions` is there without it; without `sparkUIOptions` the port of
 * the UI itself. Labels of the user stand beside ours (kubeflow lets them replace the operator's, and then loses sight
 * of the Service).
 */
export function uiService(app: SparkApplication, submissionId: string): Service {
  const { metadata, spec } = app;
  const options = spec.sparkUIOptions;
  const targetPort = uiPort(app);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: uiServiceName(app),
      namespace: metadata.namespace,
      labels: { ...options?.serviceLabels, ...attemptLabels(app, submissionId), [LABEL_CREATED_BY]: 'true' },
      ...(options?.serviceAnnotations === undefined ? {} : { annotations: options.serviceAnnotations }),
      ownerReferences: [ownerReference(app)],
    },
    spec: {
      type: options?.serviceType ?? 'ClusterIP',
      selector: { [LABEL_APP_NAME]: metadata.name, [LABEL_SPARK_ROLE]: ROLE_DRIVER },
      ports: [
        {
          name: options?.servicePortName ?? 'spark-driver-ui-port',
          port: options === undefined ? targetPort : (options.servicePort ?? UI_PORT),
          targetPort,
          protocol: 'TCP',
        },
      ],
    },
  };
}

/** The port on which the driver serves its UI: `spark.ui.port`, or 4040 when that is unset or no port. */
export function uiPort({ spec }: SparkApplication): number {
  const text = spec.sparkConf?.['spark.ui.port']?.trim() ?? '';
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : UI_PORT;
}
