import { API_VERSION, GROUP, SPARK_APPLICATION_KIND } from '../../api/group.ts';
import type { Pod } from '../../api/kubernetes.ts';
import { LABEL_APP_NAME, LABEL_INJECT, LABEL_LAUNCHED_BY, LABEL_SPARK_ROLE } from '../../api/labels.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { PATHS } from '../routes.ts';

/** An AdmissionReview as the API server sends it, and where to. */
export interface Sample {
  readonly path: string;
  readonly body: string;
}

const NAMESPACE = 'warm-up';

const tolerations = [{ key: 'spot', operator: 'Exists' }];
const affinity = {
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] } },
    ],
  },
};
const role = {
  cores: 1,
  memory: '1g',
  env: [{ name: 'SITE', value: 'a' }],
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
  configMaps: [{ name: 'settings', path: '/settings' }],
  sidecars: [{ name: 'shipper', image: 'shipper:1' }],
  tolerations,
  affinity,
  securityContext: { allowPrivilegeEscalation: false },
};

/** An application with the fields that people use most. */
export const sampleApplication: SparkApplication = {
  apiVersion: API_VERSION,
  kind: SPARK_APPLICATION_KIND,
  metadata: { name: 'sample', namespace: NAMESPACE, uid: '00000000-0000-4000-8000-000000000000' },
  spec: {
    type: 'Scala',
    sparkVersion: '4.0.1',
    image: 'spark:4.0.1',
    mainClass: 'org.example.Main',
    mainApplicationFile: 'local:///opt/spark/main.jar',
    sparkConf: { 'spark.eventLog.enabled': 'false' },
    volumes: [{ name: 'data', emptyDir: {} }],
    driver: { ...role, serviceAccount: 'spark' },
    executor: { ...role, instances: 2 },
  },
};

const podOf = (container: string, labels: Readonly<Record<string, string>>): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `sample-${container}`, labels },
  spec: {
    restartPolicy: 'Never',
    serviceAccountName: 'spark',
    volumes: [{ name: 'spark-local-dir-1', emptyDir: {} }],
    containers: [
      {
        name: container,
        image: 'spark:4.0.1',
        args: ['driver', '--properties-file', '/opt/spark/conf/spark.properties'],
        env: [{ name: 'SPARK_USER', value: 'spark' }],
        ports: [{ name: 'blockmanager', containerPort: 7079, protocol: 'TCP' }],
        resources: { requests: { cpu: '1', memory: '1408Mi' }, limits: { memory: '1408Mi' } },
        volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/var/data/spark' }],
      },
    ],
  },
});

const own = (spark: string): Readonly<Record<string, string>> => ({
  [LABEL_LAUNCHED_BY]: 'true',
  [LABEL_APP_NAME]: sampleApplication.metadata.name,
  [LABEL_SPARK_ROLE]: spark,
});

const review = (path: string, group: string, kind: string, object: object): Sample => ({
  path,
  body: JSON.stringify({
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: 'warm-up',
      kind: { group, kind },
      namespace: NAMESPACE,
      operation: 'CREATE',
      userInfo: { username: 'warm-up' },
      object,
    },
  }),
});

/** One review of each sort that comes often. */
export const samples: readonly Sample[] = [
  review(PATHS.pods, '', 'Pod', podOf('spark-kubernetes-driver', own('driver'))),
  review(PATHS.pods, '', 'Pod', podOf('spark-kubernetes-executor', own('executor'))),
  review(PATHS.pods, '', 'Pod', podOf('spark-kubernetes-driver', { [LABEL_INJECT]: 'true' })),
  review(PATHS.applications, GROUP, SPARK_APPLICATION_KIND, sampleApplication),
];
