import { S3_SECRET } from '../s3/objects.ts';
import { keyMark, type S3Location } from './s3-location.ts';
import { valueAt, type Values } from './values.ts';

export const serviceTypes = ['ClusterIP', 'NodePort', 'LoadBalancer'] as const;
export type ServiceType = (typeof serviceTypes)[number];

/** What shall become of the history server. */
export type HistoryChoice =
  /** As the release has it; where it reads from our bucket, it follows the bucket. */
  { readonly kind: 'keep' } | { readonly kind: 'off' } | { readonly kind: 'on'; readonly settings: HistorySettings };

export interface HistorySettings {
  /** Undefined: as it is, and ClusterIP at first. */
  readonly service: ServiceType | undefined;
  /** Undefined: no change; `''`: no Ingress. */
  readonly ingressHost: string | undefined;
  readonly ingressClass: string | undefined;
  /** TLS Secret of the Ingress, in the operator's namespace. */
  readonly ingressTlsSecret: string | undefined;
  /** Where to read instead of the bucket of `create spark`. */
  readonly logDirectory: string | undefined;
  /** PersistentVolumeClaim with the logs, for a logDirectory on a volume. */
  readonly claim: string | undefined;
}

/** Annotation of the history server's pod: it reads its keys when it starts, so other keys make another pod. */
const KEY_ANNOTATION = 'opsparkctl/s3-key';

/** The part `historyServer` of the values. */
export function historyValues(previous: Values, s3: S3Location | undefined, choice: HistoryChoice): Values {
  switch (choice.kind) {
    case 'off':
      return { historyServer: { enable: false } };
    case 'on':
      return { historyServer: { enable: true, ...exposure(choice.settings), ...logs(s3, choice.settings) } };
    case 'keep':
      return s3 !== undefined && readsOurBucket(previous) ? { historyServer: ourBucket(s3) } : {};
  }
}

const readsOurBucket = (values: Values): boolean =>
  valueAt(values, 'historyServer', 'enable') === true &&
  valueAt(values, 'historyServer', 's3', 'secretName') === S3_SECRET;

function logs(s3: S3Location | undefined, { logDirectory, claim }: HistorySettings): Values {
  if (logDirectory === undefined) return s3 === undefined ? {} : ourBucket(s3);
  return { logDirectory, ...(claim === undefined ? {} : { persistentVolumeClaim: claim }) };
}

const ourBucket = (s3: S3Location): Values => ({
  logDirectory: `s3a://${s3.bucket}/${s3.eventLogFolder}`,
  s3: { endpoint: s3.endpoint, secretName: S3_SECRET, pathStyleAccess: s3.pathStyle },
  sparkConf: { 'spark.hadoop.fs.s3a.endpoint.region': s3.region },
  annotations: { [KEY_ANNOTATION]: keyMark(s3.accessKey) },
});

function exposure({ service, ingressHost, ingressClass, ingressTlsSecret }: HistorySettings): Values {
  return {
    ...(service === undefined ? {} : { service: { type: service } }),
    ...(ingressHost === undefined ? {} : { ingress: ingress(ingressHost, ingressClass, ingressTlsSecret) }),
  };
}

const ingress = (host: string, className: string | undefined, secretName: string | undefined): Values =>
  host === ''
    ? { enable: false }
    : {
        enable: true,
        host,
        ...(className === undefined ? {} : { className }),
        ...(secretName === undefined ? {} : { tls: [{ hosts: [host], secretName }] }),
      };
