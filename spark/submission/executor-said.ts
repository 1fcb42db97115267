import type { Container, EnvVar, Pod, Volume, VolumeMount } from '../../api/kubernetes.ts';
import { EXECUTOR_CONTAINER } from '../mutation/spark-container.ts';
import { volumeSpecs, type VolumeSpec } from './driver/spark-volumes.ts';
import { javaBoolean, javaList } from './java-text.ts';
import type { SparkConf } from './spark-conf.ts';

/** A volume of the executor that properties describe, with its mount. */
interface Mounted {
  readonly volume: Volume;
  readonly mount: VolumeMount;
}

/**
 * What Spark will lay over the executors' pod template because of properties, as a pod: labels, variables, mounts… Only
 * for comparison: whoever fills a template in must not set these again, or the executor would have them twice.
 */
export function executorSaid(conf: SparkConf): Pod {
  const mounted = [...volumes(conf), ...secrets(conf), ...configFolders(conf)];
  const container: Container = {
    name: EXECUTOR_CONTAINER,
    env: env(conf),
    volumeMounts: mounted.map(({ mount }) => mount),
  };
  return {
    metadata: {
      labels: Object.fromEntries(conf.withPrefix('spark.kubernetes.executor.label.')),
      annotations: Object.fromEntries(conf.withPrefix('spark.kubernetes.executor.annotation.')),
    },
    spec: {
      containers: [container],
      volumes: mounted.map(({ volume }) => volume),
      nodeSelector: {
        ...Object.fromEntries(conf.withPrefix('spark.kubernetes.node.selector.')),
        ...Object.fromEntries(conf.withPrefix('spark.kubernetes.executor.node.selector.')),
      },
      imagePullSecrets: javaList(conf.get('spark.kubernetes.container.image.pullSecrets') ?? '').map((name) => ({
        name,
      })),
    },
  };
}

const HADOOP_CONFIG_MAP = 'spark.kubernetes.hadoop.configMapName';
const HADOOP_CONF_DIRECTORY = '/opt/hadoop/conf';

/** `spark.executorEnv.*`, variables of Secrets, and where Hadoop's configuration lies. */
const env = (conf: SparkConf): EnvVar[] => [
  ...conf.withPrefix('spark.executorEnv.').map(([name, value]) => ({ name, value })),
  ...conf.withPrefix('spark.kubernetes.executor.secretKeyRef.').map(([variable, reference]) => {
    const [name = '', key = ''] = reference.split(':');
    return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
  }),
  ...(conf.get(HADOOP_CONFIG_MAP) === undefined ? [] : [{ name: 'HADOOP_CONF_DIR', value: HADOOP_CONF_DIRECTORY }]),
];

/** `spark.kubernetes.executor.volumes.*` (MountVolumesFeatureStep). */
const volumes = (conf: SparkConf): Mounted[] =>
  volumeSpecs(conf, 'spark.kubernetes.executor.volumes.').map((spec) => ({
    volume: { name: spec.name, ...source(spec) },
    mount: {
      name: spec.name,
      mountPath: spec.settings['mount.path'] ?? '',
      readOnly: javaBoolean(spec.settings['mount.readOnly'] ?? '') === true,
    },
  }));

function source({ type, settings }: VolumeSpec): Omit<Volume, 'name'> {
  const option = (name: string): string => settings[`options.${name}`] ?? '';
  switch (type) {
    case 'hostPath':
      return { hostPath: { path: option('path') } };
    case 'nfs':
      return { nfs: { path: option('path'), server: option('server') } };
    case 'persistentVolumeClaim':
      return { persistentVolumeClaim: { claimName: option('claimName') } };
    default:
      return { emptyDir: { medium: option('medium'), sizeLimit: option('sizeLimit') } };
  }
}

/** `spark.kubernetes.executor.secrets.<name>=<path>` (MountSecretsFeatureStep). */
const secrets = (conf: SparkConf): Mounted[] =>
  conf
    .withPrefix('spark.kubernetes.executor.secrets.')
    .map(([secretName, path]) => folder({ name: `${secretName}-volume`, secret: { secretName } }, path));

/** Spark's own folder and that of `spark.kubernetes.hadoop.configMapName` (HadoopConfExecutorFeatureStep). */
function configFolders(conf: SparkConf): Mounted[] {
  const hadoop = conf.get(HADOOP_CONFIG_MAP);
  const own = folder({ name: 'spark-conf-volume-exec' }, '/opt/spark/conf');
  return hadoop === undefined
    ? [own]
    : [own, folder({ name: 'hadoop-properties', configMap: { name: hadoop } }, HADOOP_CONF_DIRECTORY)];
}

const folder = (volume: Volume, mountPath: string): Mounted => ({ volume, mount: { name: volume.name, mountPath } });
