import type { Container, ContainerPort, EnvVar, PodSpec } from '../../../api/kubernetes.ts';
import {
  LABEL_SPARK_APP_NAME,
  LABEL_SPARK_APP_SELECTOR,
  LABEL_SPARK_ROLE,
  LABEL_SPARK_VERSION,
  ROLE_DRIVER,
} from '../../../api/labels.ts';
import { DRIVER_POD_NAME_KEY, driverPodName } from '../../../api/names.ts';
import { javaBoolean, javaDouble, javaList } from '../java-text.ts';
import { appNameLabel } from '../names.ts';
import type { SparkConf } from '../spark-conf.ts';
import { customResourceLimits } from './custom-resources.ts';
import { withEnv, withPorts, withProperties } from './driver-draft.ts';
import type { DriverContext, DriverDraft, DriverStep } from './driver-draft.ts';
import { driverMemory } from './memory.ts';
import { commonPorts, containerBlockManagerPort } from './ports.ts';

/** The Hadoop user of driver and executors, when neither a proxy user nor the application's own variables name one. */
const SPARK_USER = 'spark';

/** Metadata, image, ports, resources and first variables of the driver (BasicDriverFeatureStep). */
export const basicStep: DriverStep = (draft, context) => {
  const described: DriverDraft = {
    ...draft,
    pod: {
      ...draft.pod,
      metadata: { ...draft.pod.metadata, ...metadata(draft, context) },
      spec: { containers: [], ...draft.pod.spec, ...podSpec(draft, context) },
    },
    container: { ...draft.container, ...containerBasics(draft.container, context) },
  };
  return withProperties(withEnv(withPorts(described, ports(context)), env(context)), {
    [DRIVER_POD_NAME_KEY]: driverPodName(context.app),
    'spark.app.id': context.sparkApplicationId,
    'spark.kubernetes.submitInDriver': 'true',
    'spark.kubernetes.memoryOverheadFactor': javaDouble(driverMemory(context).defaultFactor),
  });
};

function metadata({ pod }: DriverDraft, context: DriverContext): NonNullable<DriverDraft['pod']['metadata']> {
  const { app, conf } = context;
  const annotations = {
    ...pod.metadata?.annotations,
    ...filledIn(conf.withPrefix('spark.kubernetes.driver.annotation.'), context),
  };
  return {
    name: driverPodName(app),
    namespace: app.metadata.namespace,
    labels: { ...pod.metadata?.labels, ...driverLabels(context) },
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}

/** The labels that Spark gives the driver. The driver Service selects by all of them. */
export function driverLabels(context: DriverContext): Record<string, string> {
  const { app, conf, features, sparkVersion, sparkApplicationId } = context;
  const custom = conf.withPrefix('spark.kubernetes.driver.label.');
  return {
    ...(features.labelSubstitution ? filledIn(custom, context) : Object.fromEntries(custom)),
    ...(sparkVersion === undefined ? {} : { [LABEL_SPARK_VERSION]: sparkVersion }),
    [LABEL_SPARK_APP_SELECTOR]: sparkApplicationId,
    [LABEL_SPARK_APP_NAME]: appNameLabel(conf.get('spark.app.name') ?? app.metadata.name),
    [LABEL_SPARK_ROLE]: ROLE_DRIVER,
  };
}

/** Spark fills in its application id, and nothing for the executor id that a driver does not have. */
const filledIn = (
  entries: readonly (readonly [string, string])[],
  { sparkApplicationId }: DriverContext,
): Record<string, string> =>
  Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      value.replaceAll('{{APP_ID}}', sparkApplicationId).replaceAll('{{EXECUTOR_ID}}', ''),
    ]),
  );

function podSpec({ pod }: DriverDraft, { conf }: DriverContext): Partial<PodSpec> {
  const nodeSelector = {
    ...pod.spec?.nodeSelector,
    ...Object.fromEntries(conf.withPrefix('spark.kubernetes.node.selector.')),
    ...Object.fromEntries(conf.withPrefix('spark.kubernetes.driver.node.selector.')),
  };
  const pullSecrets = [
    ...(pod.spec?.imagePullSecrets ?? []),
    ...javaList(conf.get('spark.kubernetes.container.image.pullSecrets') ?? '').map((name) => ({ name })),
  ];
  const account = conf.get('spark.kubernetes.authenticate.driver.serviceAccountName');
  const scheduler = conf.get('spark.kubernetes.driver.scheduler.name') ?? conf.get('spark.kubernetes.scheduler.name');
  return {
    restartPolicy: 'Never',
    ...(Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {}),
    ...(pullSecrets.length > 0 ? { imagePullSecrets: pullSecrets } : {}),
    ...(account === undefined ? {} : { serviceAccount: account, serviceAccountName: account }),
    ...(scheduler === undefined ? {} : { schedulerName: scheduler }),
  };
}

function containerBasics({ resources, securityContext }: Container, context: DriverContext): Partial<Container> {
  const { conf, features } = context;
  const memory = `${driverMemory(context).totalMiB}Mi`;
  const cpuLimit = conf.get('spark.kubernetes.driver.limit.cores');
  return {
    image: driverImage(context),
    imagePullPolicy: conf.get('spark.kubernetes.container.image.pullPolicy') ?? 'IfNotPresent',
    resources: {
      ...resources,
      requests: {
        ...resources?.requests,
        cpu: conf.get('spark.kubernetes.driver.request.cores') ?? conf.get('spark.driver.cores') ?? '1',
        memory,
      },
      limits: {
        ...resources?.limits,
        ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }),
        memory,
        ...customResourceLimits(conf),
      },
    },
    ...(features.setsPrivilegeEscalation
      ? { securityContext: { ...securityContext, allowPrivilegeEscalation: mayEscalate(conf) } }
      : {}),
  };
}

const mayEscalate = (conf: SparkConf): boolean =>
  javaBoolean(
    conf.get('spark.kubernetes.driver.securityContext.allowPrivilegeEscalation') ??
      conf.get('spark.kubernetes.securityContext.allowPrivilegeEscalation') ??
      '',
  ) === true;

/** The driver's image; empty when none is named, which the rules of the submission refuse. */
export function driverImage({
  conf,
  features,
  sparkVersion,
}: Pick<DriverContext, 'conf' | 'features' | 'sparkVersion'>): string {
  const image =
    conf.get('spark.kubernetes.driver.container.image') ?? conf.get('spark.kubernetes.container.image') ?? '';
  return features.imageVersionSubstitution
    ? image.replaceAll('{{SPARK_VERSION}}', sparkVersion ?? '{{SPARK_VERSION}}')
    : image;
}

function ports({ conf, features }: DriverContext): ContainerPort[] {
  const { rpc, ui, connect } = commonPorts(conf);
  const port = (name: string, containerPort: number): ContainerPort => ({ name, containerPort, protocol: 'TCP' });
  return [
    port('driver-rpc-port', rpc),
    port('blockmanager', containerBlockManagerPort(conf)),
    port('spark-ui', ui),
    ...(features.connectPort ? [port('spark-connect', connect)] : []),
  ];
}

const env = ({ app, conf, sparkApplicationId }: DriverContext): EnvVar[] => [
  { name: 'SPARK_USER', value: firstSet(app.spec.proxyUser) ?? SPARK_USER },
  { name: 'SPARK_APPLICATION_ID', value: sparkApplicationId },
  ...conf.withPrefix('spark.kubernetes.driverEnv.').map(([name, value]) => ({ name, value })),
  { name: 'SPARK_DRIVER_BIND_ADDRESS', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
];

const firstSet = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
