import type { Secret } from '../../api/kubernetes.ts';
import type { StringMap } from '../../api/scalars.ts';
import type { NewSparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { API_VERSION_ALPHA, SPARK_POD_DEFAULTS_KIND } from '../../api/group.ts';

/** The Secret with the keys, in the operator's namespace; the operator copies it into job namespaces. */
export const S3_SECRET = 'spark-s3';
/** The SparkPodDefaults that give every Spark pod the store and the keys. */
export const S3_POD_DEFAULTS = 'openstack-s3';

/** The folder of the event logs, in every bucket that opsparkctl prepares. */
export const EVENT_LOG_FOLDER = 'spark-events';

/** Names of the variables, which are the keys of the Secret, too. Hadoop's s3a reads them without further settings. */
export const ACCESS_KEY = 'AWS_ACCESS_KEY_ID';
export const SECRET_KEY = 'AWS_SECRET_ACCESS_KEY';

/** On the Secret: the access id of the EC2 key that was made for it. Absent: the keys were given by a person. */
export const ANNOTATION_EC2_KEY = 'opsparkctl.sparkoperator.k8s.io/ec2-key';
/** On a Secret that is only claimed: the access ids (JSON) that existed before a key was made for it. */
export const ANNOTATION_KEYS_BEFORE = 'opsparkctl.sparkoperator.k8s.io/ec2-keys-before';
/** On a claimed Secret: when it was claimed. */
export const ANNOTATION_CLAIMED_AT = 'opsparkctl.sparkoperator.k8s.io/claimed-at';
/** On the Secret: UUID of the Magnum cluster it was made for. */
export const ANNOTATION_CLUSTER = 'opsparkctl.sparkoperator.k8s.io/cluster-uuid';

const managed = { 'app.kubernetes.io/managed-by': 'opsparkctl' };

/** Keys for S3, and whether they are an EC2 key that we made. */
export interface S3Keys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly ours: boolean;
}

/** The Secret with keys. Only its `data` is secret. */
export const s3Secret = (namespace: string, keys: S3Keys, clusterUuid: string | undefined): Secret => ({
  ...secretWith(namespace, clusterUuid, keys.ours ? { [ANNOTATION_EC2_KEY]: keys.accessKey } : {}),
  data: dataOf(keys),
});

const secretWith = (namespace: string, clusterUuid: string | undefined, annotations: StringMap): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: S3_SECRET,
    namespace,
    labels: managed,
    annotations: { ...clusterAnnotation(clusterUuid), ...annotations },
  },
  type: 'Opaque',
});

/** What is written down before a key is made. */
export interface S3Claim {
  /** The access ids that existed before. */
  readonly keysBefore: readonly string[];
  readonly clusterUuid: string | undefined;
  readonly now: Date;
}

/** The Secret before there is a key: it says which keys are not ours, so that one which comes is recognised. */
export const s3Claim = (namespace: string, { keysBefore, clusterUuid, now }: S3Claim): Secret =>
  secretWith(namespace, clusterUuid, {
    [ANNOTATION_KEYS_BEFORE]: JSON.stringify(keysBefore),
    [ANNOTATION_CLAIMED_AT]: now.toISOString(),
  });

/** The change that fills a Secret with keys, or exchanges them, if it still is as it was seen. */
export const s3KeysPatch = (keys: S3Keys, seenVersion: string): unknown => ({
  metadata: {
    resourceVersion: seenVersion,
    labels: managed,
    annotations: {
      [ANNOTATION_EC2_KEY]: keys.ours ? keys.accessKey : null,
      [ANNOTATION_KEYS_BEFORE]: null,
      [ANNOTATION_CLAIMED_AT]: null,
    },
  },
  data: dataOf(keys),
});

const clusterAnnotation = (uuid: string | undefined): Readonly<Record<string, string>> =>
  uuid === undefined ? {} : { [ANNOTATION_CLUSTER]: uuid };

const dataOf = (keys: S3Keys): Readonly<Record<string, string>> => ({
  [ACCESS_KEY]: base64(keys.accessKey),
  [SECRET_KEY]: base64(keys.secretKey),
});

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** Where the event logs of a cluster lie. */
export interface S3Store {
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly pathStyle: boolean;
  /** `spark-events`. */
  readonly eventLogFolder: string;
}

/** `s3a://bucket/spark-events` */
export const eventLogUrl = ({ bucket, eventLogFolder }: S3Store): string => `s3a://${bucket}/${eventLogFolder}`;

/**
 * Without TLS the SDK signs what it sends piece by piece (`aws-chunked`), which Swift answers with 501; this signer signs the
 * whole. With TLS payloads are not signed, and nothing has to be said.
 */
const wholePayloads = { 'fs.s3a.signing-algorithm': 'AWS4UnsignedPayloadSignerType' };

/** What every Spark pod gets: the store, event logs, and the keys by reference to the Secret. */
export const s3PodDefaults = (namespace: string, store: S3Store): NewSparkPodDefaults => ({
  apiVersion: API_VERSION_ALPHA,
  kind: SPARK_POD_DEFAULTS_KIND,
  metadata: { name: S3_POD_DEFAULTS, namespace, labels: managed },
  spec: {
    propagate: true,
    sparkConf: {
      'spark.eventLog.enabled': 'true',
      'spark.eventLog.dir': eventLogUrl(store),
      'spark.history.fs.logDirectory': eventLogUrl(store),
    },
    hadoopConf: {
      'fs.s3a.endpoint': store.endpoint,
      'fs.s3a.endpoint.region': store.region,
      'fs.s3a.path.style.access': String(store.pathStyle),
      'fs.s3a.connection.ssl.enabled': String(!store.endpoint.startsWith('http://')),
      // The default of Hadoop 3.4: Hadoop 3.3 tries to delete parent folders after each write, which Swift answers with errors.
      'fs.s3a.directory.marker.retention': 'keep',
      ...(store.endpoint.startsWith('http://') ? wholePayloads : {}),
    },
    env: [ACCESS_KEY, SECRET_KEY].map((key) => ({
      name: key,
      valueFrom: { secretKeyRef: { name: S3_SECRET, key } },
    })),
  },
});
