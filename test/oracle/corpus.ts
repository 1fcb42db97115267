import type { SparkApplication, SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../builders.ts';

/** One application of the corpus. */
export interface OracleCase {
  /** The application's name; `pi` unless the case is about names. */
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Laid over a small jar application. */
  readonly spec: Partial<SparkApplicationSpec>;
}

const jar: SparkApplicationSpec = {
  type: 'Scala',
  image: 'img:1',
  mainClass: 'org.example.Main',
  mainApplicationFile: 'local:///opt/app.jar',
};

const python: Partial<SparkApplicationSpec> = { type: 'Python', mainApplicationFile: 'local:///opt/app.py' };

/** What is compared with real spark-submit, by a name that becomes a file's. */
export const corpus: Readonly<Record<string, OracleCase>> = {
  'minimal jar': { spec: {} },
  'image pull and service accounts': {
    spec: {
      imagePullPolicy: 'Always',
      imagePullSecrets: ['one', 'two'],
      driver: { serviceAccount: 'driver-sa', image: 'driver:2' },
      executor: { serviceAccount: 'executor-sa', image: 'executor:2' },
    },
  },
  'a long name': { name: 'a-name-that-is-much-too-long-for-the-service-of-a-driver-2', spec: {} },
  'cores and limits': { spec: { driver: { cores: 4, coreRequest: '500m', coreLimit: '2' } } },
  'memory of 8g': { spec: { driver: { memory: '8g' } } },
  'memory of 512m': { spec: { driver: { memory: '512m' }, executor: { memory: '2g', instances: 3 } } },
  'memory of 1536m with a factor': { spec: { driver: { memory: '1536m' }, memoryOverheadFactor: '0.3' } },
  'overhead without a unit': { spec: { driver: { memoryOverhead: '100' } } },
  'the driver’s own factor': {
    spec: {
      memoryOverheadFactor: '1',
      sparkConf: { 'spark.driver.memoryOverheadFactor': '0.25', 'spark.driver.memory': '4g' },
    },
  },
  'a tiny factor': { spec: { memoryOverheadFactor: '0.0001' } },
  'a minimum of overhead': { spec: { sparkConf: { 'spark.driver.minMemoryOverhead': '1g' } } },
  'a GPU by properties': {
    spec: {
      sparkConf: { 'spark.driver.resource.gpu.amount': '2', 'spark.driver.resource.gpu.vendor': 'nvidia.com' },
    },
  },
  'labels and annotations': {
    labels: { team: 'application' },
    spec: {
      driver: {
        labels: { tier: 'x', app: '{{APP_ID}}' },
        annotations: { note: 'id {{APP_ID}} and {{EXECUTOR_ID}}.' },
        serviceLabels: { 'service-label': '{{APP_ID}}' },
        serviceAnnotations: { 'service-note': 'y' },
      },
      executor: { labels: { tier: 'y' } },
    },
  },
  'node selectors of the application': { spec: { nodeSelector: { disk: 'ssd', zone: 'a' } } },
  'node selectors of the driver': {
    spec: {
      sparkConf: { 'spark.kubernetes.node.selector.zone': 'a', 'spark.kubernetes.driver.node.selector.zone': 'b' },
      driver: { nodeSelector: { disk: 'ssd' } },
    },
  },
  schedulers: {
    spec: { sparkConf: { 'spark.kubernetes.scheduler.name': 'all' }, driver: { schedulerName: 'mine' } },
  },
  'environment and secrets': {
    spec: {
      driver: {
        envVars: { A: '1', B: '', C: '$(A)' },
        envSecretKeyRefs: { TOKEN: { name: 'credentials', key: 'token' }, KEY: { name: 'credentials', key: 'key' } },
        secrets: [
          { name: 'gcp', path: '/mnt/gcp', secretType: 'GCPServiceAccount' },
          { name: 'hdfs', path: '/mnt/hdfs', secretType: 'HadoopDelegationToken' },
          { name: 'plain', path: '/mnt/plain', secretType: 'Generic' },
        ],
      },
      executor: { envVars: { D: '4' }, secrets: [{ name: 'plain', path: '/mnt/plain', secretType: 'Generic' }] },
    },
  },
  'scratch space in memory': {
    spec: {
      volumes: [{ name: 'spark-local-dir-1', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }],
      driver: { volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/scratch' }] },
      executor: { volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/scratch' }] },
    },
  },
  'scratch space of a claim and a host': {
    spec: {
      volumes: [
        { name: 'spark-local-dir-1', persistentVolumeClaim: { claimName: 'scratch' } },
        { name: 'spark-local-dir-2', hostPath: { path: '/host', type: 'Directory' } },
      ],
      driver: {
        volumeMounts: [
          { name: 'spark-local-dir-1', mountPath: '/one', subPath: 'sub' },
          { name: 'spark-local-dir-2', mountPath: '/two', readOnly: true },
        ],
      },
    },
  },
  'scratch folders by properties': {
    spec: { sparkConf: { 'spark.local.dir': '/b,/a', 'spark.kubernetes.local.dirs.tmpfs': 'true' } },
  },
  'volumes by properties': {
    spec: {
      sparkConf: {
        'spark.kubernetes.driver.volumes.nfs.share.mount.path': '/share',
        'spark.kubernetes.driver.volumes.nfs.share.options.server': 'nfs.example',
        'spark.kubernetes.driver.volumes.nfs.share.options.path': '/export',
        'spark.kubernetes.driver.volumes.emptyDir.cache.mount.path': '/cache',
      },
    },
  },
  'a claim on demand': {
    spec: {
      sparkConf: {
        'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.path': '/data',
        'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.claimName': 'OnDemand',
        'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.storageClass': 'fast',
        'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.sizeLimit': '5Gi',
        'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.label.team': 'x',
        'spark.kubernetes.driver.volumes.persistentVolumeClaim.data.annotation.note': 'y',
      },
    },
  },
  'a Python application': {
    spec: {
      ...python,
      arguments: ['a', 'b c', '"quoted"'],
      deps: { pyFiles: ['https://example.org/lib.zip', 'local:///opt/more.py'] },
      sparkConf: { 'spark.pyspark.python': 'python3.12', 'spark.pyspark.driver.python': 'python3.11' },
    },
  },
  'a Python application with one interpreter': {
    spec: { ...python, sparkConf: { 'spark.pyspark.python': 'python3' }, pythonVersion: '3' },
  },
  'an R application': { spec: { type: 'R', mainApplicationFile: 'local:///opt/app.R' } },
  dependencies: {
    spec: {
      deps: {
        jars: ['local:///opt/a.jar', 'https://example.org/b.jar'],
        files: ['https://example.org/f.txt#alias'],
        archives: ['https://example.org/x.tgz#folder'],
      },
      sparkConf: { 'spark.jars': 'https://example.org/lost.jar' },
    },
  },
  'a proxy user': { spec: { proxyUser: 'alice', arguments: ['x'] } },
  'dynamic allocation': {
    spec: {
      dynamicAllocation: { enabled: true, initialExecutors: 2, minExecutors: 1, maxExecutors: 5 },
      sparkConf: { 'spark.dynamicAllocation.maxExecutors': '50' },
    },
  },
  'typed fields over properties': {
    spec: {
      image: 'img:1',
      driver: { memory: '2g', javaOptions: '-Dx=1 -Dy="2 3"', cores: 2 },
      executor: { memory: '3g', deleteOnTermination: false },
      sparkConf: {
        'spark.driver.memory': '1g',
        'spark.executor.memory': '1g',
        'spark.driver.extraJavaOptions': '-Dlost',
        'spark.app.name': 'lost',
        'spark.app.id': 'lost',
        'spark.driver.host': 'lost',
        'spark.kubernetes.submitInDriver': 'false',
      },
      hadoopConf: { 'fs.defaultFS': 'hdfs://name:8020' },
    },
  },
  'difficult values': {
    spec: {
      sparkConf: {
        'spark.test.blanks': '  two before',
        'spark.test.signs': 'a=b:c#d!e\\f',
        'spark.test.tab': 'tab\there',
        'spark.test.reference': '${spark.app.name}',
        'spark.test.umlaut': 'größer',
        'spark.kubernetes.driver.label.named': '${spark.app.name}',
        'spark.kubernetes.container.image': 'img:${spark.test.tag}',
        'spark.test.tag': '7',
      },
    },
  },
  'ports of the user': {
    spec: {
      sparkConf: {
        'spark.driver.port': '7100',
        'spark.blockManager.port': '9000',
        'spark.ui.port': '4055',
        'spark.connect.grpc.binding.port': '15010',
      },
    },
  },
  'two address families': {
    spec: {
      sparkConf: {
        'spark.kubernetes.driver.service.ipFamilyPolicy': 'PreferDualStack',
        'spark.kubernetes.driver.service.ipFamilies': 'IPv6,IPv4',
      },
    },
  },
  'hadoop and kerberos by reference': {
    spec: {
      sparkConf: {
        'spark.kubernetes.hadoop.configMapName': 'hadoop',
        'spark.kubernetes.kerberos.krb5.configMapName': 'krb5',
        'spark.kubernetes.kerberos.tokenSecret.name': 'tokens',
        'spark.kubernetes.kerberos.tokenSecret.itemKey': 'token',
      },
    },
  },
  'a driver template': {
    spec: {
      driver: {
        memory: '1g',
        labels: { both: 'field' },
        envVars: { FROM_FIELD: '2' },
        template: {
          metadata: { name: 'lost', labels: { kept: 'yes', both: 'template' }, annotations: { note: 'kept' } },
          spec: {
            restartPolicy: 'Always',
            nodeSelector: { disk: 'ssd' },
            tolerations: [{ key: 'spot', operator: 'Exists' }],
            serviceAccountName: 'kept',
            securityContext: { runAsUser: 185 },
            volumes: [{ name: 'data', emptyDir: {} }],
            initContainers: [{ name: 'first', image: 'init:1' }],
            containers: [
              { name: 'sidecar', image: 'side:1' },
              {
                name: 'spark-kubernetes-driver',
                image: 'lost:1',
                args: ['before'],
                env: [{ name: 'FROM_TEMPLATE', value: '1' }],
                resources: { requests: { cpu: '9', 'ephemeral-storage': '1Gi' }, limits: { cpu: '10' } },
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
                ports: [{ name: 'mine', containerPort: 9999 }],
              },
            ],
          },
        },
      },
    },
  },
  'a driver template with another container name': {
    spec: {
      driver: {
        template: {
          spec: {
            containers: [
              { name: 'main', image: 'x' },
              { name: 'other', image: 'side:1' },
            ],
          },
        },
      },
    },
  },
  'privileges by properties': {
    spec: {
      sparkConf: {
        'spark.kubernetes.securityContext.allowPrivilegeEscalation': 'true',
        'spark.kubernetes.driver.service.publishNotReadyAddresses': 'true',
      },
      driver: {
        template: {
          spec: { containers: [{ name: 'spark-kubernetes-driver', securityContext: { runAsUser: 185 } }] },
        },
      },
    },
  },
  'privileges of a field': {
    spec: { driver: { securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: true } } },
  },
  'fields of the pods': {
    spec: {
      volumes: [{ name: 'data', configMap: { name: 'data' } }],
      driver: {
        env: [{ name: 'E', value: '1' }],
        configMaps: [{ name: 'files', path: '/files' }],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
        tolerations: [{ key: 'spot', operator: 'Exists' }],
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { 'spark-role': 'driver' } } },
            ],
          },
        },
        sidecars: [{ name: 'side', image: 'side:1' }],
      },
    },
  },
};

const refusedConf = (key: string, value: string): OracleCase => ({ spec: { sparkConf: { [key]: value } } });
const VOLUMES = 'spark.kubernetes.driver.volumes';

/** What spark-submit refuses, and so must we. */
export const refusals: Readonly<Record<string, OracleCase>> = {
  'no image': { spec: { image: '' } },
  'a jar in the image without a class': { spec: { mainClass: '' } },
  'memory with a fraction': { spec: { driver: { memory: '1.5g' } } },
  'memory by reference': {
    spec: { sparkConf: { 'spark.driver.memory': '${spark.test.memory}', 'spark.test.memory': '1g' } },
  },
  'no cores': refusedConf('spark.driver.cores', '0'),
  'no executors': refusedConf('spark.executor.instances', '0'),
  'an overhead that is none': refusedConf('spark.driver.memoryOverhead', 'much'),
  'a GPU without vendor': refusedConf('spark.driver.resource.gpu.amount', '1'),
  'a label of Spark': { spec: { driver: { labels: { 'spark-role': 'x' } } } },
  'a pull policy that is none': { spec: { imagePullPolicy: 'Sometimes' } },
  'an address family that is none': refusedConf('spark.kubernetes.driver.service.ipFamilies', 'IPv5'),
  'a bind address': refusedConf('spark.driver.bindAddress', '0.0.0.0'),
  'a malformed reference to a secret': refusedConf('spark.kubernetes.driver.secretKeyRef.TOKEN', 'no-colon'),
  'a volume of an unknown type': refusedConf(`${VOLUMES}.cephfs.data.mount.path`, '/data'),
  'a volume without a path': refusedConf(`${VOLUMES}.hostPath.data.mount.path`, '/data'),
  'two volumes at one path': {
    spec: {
      sparkConf: { [`${VOLUMES}.emptyDir.a.mount.path`]: '/data', [`${VOLUMES}.emptyDir.b.mount.path`]: '/data' },
    },
  },
  'half of a token secret': refusedConf('spark.kubernetes.kerberos.tokenSecret.name', 'tokens'),
  'a file of the submitter without a place to put it': { spec: { deps: { jars: ['file:///tmp/a.jar'] } } },
};

/** The versions whose answers are committed. */
export const oracleVersions = ['3.5.8', '4.0.1', '4.1.4', '4.2.1', '4.3.0'] as const;
export type OracleVersion = (typeof oracleVersions)[number];

/** The application of a case, for one version of Spark. */
export function oracleApp({ name = 'pi', labels, spec }: OracleCase, version: OracleVersion): SparkApplication {
  const { metadata } = anApp({ name, namespace: 'jobs', metadata: labels === undefined ? {} : { labels } });
  return { ...anApp(), metadata, spec: { ...jar, sparkVersion: version, ...spec } };
}
