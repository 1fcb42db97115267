import type { ServicePort } from '../../../api/kubernetes.ts';
import { LABEL_SPARK_APP_SELECTOR } from '../../../api/labels.ts';
import { javaBoolean, javaList } from '../java-text.ts';
import type { SparkConf } from '../spark-conf.ts';
import { driverLabels } from './basic.ts';
import { withProperties, withResource } from './driver-draft.ts';
import type { DriverContext, DriverStep } from './driver-draft.ts';
import { commonPorts, serviceBlockManagerPort } from './ports.ts';

/** The headless Service through which executors reach the driver (DriverServiceFeatureStep). */
export const serviceStep: DriverStep = (draft, context) => {
  const { app, conf, features, names, sparkApplicationId } = context;
  const annotations = Object.fromEntries(conf.withPrefix('spark.kubernetes.driver.service.annotation.'));
  const withService = withResource(draft, {
    resource: 'services',
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: names.driverService,
        namespace: app.metadata.namespace,
        labels: {
          ...Object.fromEntries(conf.withPrefix('spark.kubernetes.driver.service.label.')),
          [LABEL_SPARK_APP_SELECTOR]: sparkApplicationId,
        },
        ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      },
      spec: {
        clusterIP: 'None',
        ipFamilyPolicy: conf.get('spark.kubernetes.driver.service.ipFamilyPolicy') ?? 'SingleStack',
        ipFamilies: javaList(conf.get('spark.kubernetes.driver.service.ipFamilies') ?? 'IPv4'),
        selector: driverLabels(context),
        ports: ports(context),
        ...(features.publishNotReadyAddresses ? { publishNotReadyAddresses: isPublishedEarly(conf) } : {}),
      },
    },
  });
  return withProperties(withService, {
    'spark.driver.host': `${names.driverService}.${app.metadata.namespace}.svc`,
    'spark.driver.port': String(commonPorts(conf).rpc),
    'spark.driver.blockManager.port': String(serviceBlockManagerPort(conf)),
  });
};

const isPublishedEarly = (conf: SparkConf): boolean =>
  javaBoolean(conf.get('spark.kubernetes.driver.service.publishNotReadyAddresses') ?? '') === true;

function ports({ conf, features }: DriverContext): ServicePort[] {
  const { rpc, ui, connect } = commonPorts(conf);
  const port = (name: string, number: number): ServicePort => ({ name, port: number, targetPort: number });
  return [
    port('driver-rpc-port', rpc),
    port('blockmanager', serviceBlockManagerPort(conf)),
    port('spark-ui', ui),
    ...(features.connectPort
      ? [{ ...port('spark-connect', connect), ...(features.connectAppProtocol ? { appProtocol: 'grpc' } : {}) }]
      : []),
  ];
}
