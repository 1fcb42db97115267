import type { SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { oracleApp } from './corpus.ts';
import type { OracleVersion } from './corpus.ts';

/** An application whose executors are built by real Spark from what our plan hands to the driver. */
export interface ExecutorCase {
  readonly spec: Partial<SparkApplicationSpec>;
  /** Fields of the pod that Spark overwrites and no carrier saves: only the webhook can set them. */
  readonly lost?: readonly string[];
}

const DECOMMISSION = { 'spark.decommission.enabled': 'true' };

/** One case for each field of docs/mutations.md, and for what would overwrite it. */
export const executorCorpus: Readonly<Record<string, ExecutorCase>> = {
  'executor without fields': { spec: {} },
  'executor environment': {
    spec: {
      executor: {
        env: [
          { name: 'A', value: '1' },
          { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
          { name: 'SPARK_USER', value: 'alice' },
          { name: 'SPARK_CONF_DIR', value: '/mine' },
        ],
        envFrom: [{ configMapRef: { name: 'settings' } }],
        envVars: { B: '2' },
      },
    },
  },
  'executor environment that Spark sets after ours': {
    spec: { executor: { env: [{ name: 'SPARK_EXECUTOR_POD_IP', value: 'mine' }] } },
    lost: ['spec.containers'],
  },
  'executor configuration folders': { spec: { sparkConfigMap: 'spark-files', hadoopConfigMap: 'hadoop-files' } },
  'executor volumes': {
    spec: {
      volumes: [
        { name: 'data', configMap: { name: 'data' } },
        { name: 'spark-local-dir-1', emptyDir: { medium: 'Memory' } },
      ],
      executor: {
        configMaps: [{ name: 'files', path: '/files' }],
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'spark-local-dir-1', mountPath: '/scratch' },
        ],
      },
    },
  },
  'executor secrets': {
    spec: { executor: { secrets: [{ name: 'gcp', path: '/mnt/gcp', secretType: 'GCPServiceAccount' }] } },
  },
  'executor network': {
    spec: {
      executor: {
        hostNetwork: true,
        hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
        dnsConfig: { nameservers: ['1.1.1.1'] },
        ports: [{ name: 'metrics', protocol: 'TCP', containerPort: 9000 }],
      },
    },
  },
  'executor containers': {
    spec: {
      executor: { initContainers: [{ name: 'first', image: 'i:1' }], sidecars: [{ name: 'side', image: 's:1' }] },
    },
  },
  'executor scheduling': {
    spec: {
      sparkConf: {
        'spark.kubernetes.scheduler.name': 'everybody',
        'spark.kubernetes.executor.node.selector.disk': 'hdd',
      },
      executor: {
        schedulerName: 'mine',
        priorityClassName: 'low',
        nodeSelector: { disk: 'ssd' },
        affinity: { podAntiAffinity: {} },
        tolerations: [{ key: 'spot', operator: 'Exists' }],
      },
    },
  },
  'executor batch scheduler': { spec: { batchScheduler: 'volcano', executor: { schedulerName: 'mine' } } },
  'executor security': {
    spec: {
      executor: {
        securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
        podSecurityContext: { fsGroup: 185 },
        shareProcessNamespace: true,
        serviceAccount: 'executor-sa',
      },
    },
  },
  'executor privileges': { spec: { executor: { securityContext: { allowPrivilegeEscalation: true } } } },
  'executor life cycle': {
    spec: {
      executor: { terminationGracePeriodSeconds: 7, lifecycle: { preStop: { exec: { command: ['stop'] } } } },
    },
  },
  'executor life cycle with decommissioning': {
    spec: { sparkConf: DECOMMISSION, executor: { lifecycle: { preStop: { exec: { command: ['stop'] } } } } },
    lost: ['spec.containers'],
  },
  'executor GPU': { spec: { executor: { gpu: { name: 'nvidia.com/gpu', quantity: 1 } } } },
  'executor memory limit': { spec: { executor: { memoryLimit: '8g' } }, lost: ['spec.containers'] },
  'executor exporter of metrics': {
    spec: {
      monitoring: {
        exposeDriverMetrics: true,
        exposeExecutorMetrics: true,
        prometheus: { jmxExporterJar: '/jmx.jar' },
      },
    },
  },
  'executor template': {
    spec: {
      executor: {
        labels: { tier: 'field' },
        env: [{ name: 'FROM_FIELD', value: '1' }],
        tolerations: [{ key: 'field', operator: 'Exists' }],
        template: {
          metadata: { labels: { kept: 'yes', tier: 'template' } },
          spec: {
            terminationGracePeriodSeconds: 9,
            tolerations: [{ key: 'template', operator: 'Exists' }],
            topologySpreadConstraints: [
              { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
            ],
            containers: [
              { name: 'main', image: 'lost', env: [{ name: 'FROM_TEMPLATE', value: '1' }] },
              { name: 'other', image: 'side:1' },
            ],
          },
        },
      },
    },
  },
};

/** The application of a case, for one version of Spark. */
export const executorApp = (given: ExecutorCase, version: OracleVersion): SparkApplication => oracleApp(given, version);
