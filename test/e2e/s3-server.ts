import { randomBytes } from 'node:crypto';

import type { Kubectl } from './kubectl.ts';
import { SPARK_IMAGE } from './pi.ts';

/** An S3 server in the cluster, with one bucket. */
export interface S3Server {
  /** As pods reach it. */
  readonly endpoint: string;
  /** Drawn anew for each server: nothing but the Secret may ever contain it. */
  readonly secretKey: string;
  readonly accessKey: string;
  /** What the server answers to a request without a signature. */
  readonly unsigned: (path: string) => Promise<string>;
}

export interface S3ServerOptions {
  readonly namespace: string;
  /** Reference of the image of `hack/images`. */
  readonly image: string;
  readonly bucket: string;
  /** A folder that exists from the start. */
  readonly folder: string;
}

const PORT = 7070;
const LABELS = { app: 's3' };
const ACCESS_KEY = 'site';

/** Starts the server in an existing namespace, and waits until it answers. Everything of it goes with the namespace. */
export async function startS3Server(kubectl: Kubectl, options: S3ServerOptions): Promise<S3Server> {
  const { namespace } = options;
  const secretKey = randomBytes(20).toString('hex');
  const items = [rootSecret(options, secretKey), deployment(options), service(options)];
  await kubectl.text(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await kubectl.text(['-n', namespace, 'rollout', 'status', 'deployment/s3', '--timeout', '120s']);
  return {
    endpoint: `http://s3.${namespace}.svc:${PORT}`,
    accessKey: ACCESS_KEY,
    secretKey,
    unsigned: (path) =>
      kubectl.text(['get', '--raw', `/api/v1/namespaces/${namespace}/services/s3:${PORT}/proxy${path}`]),
  };
}

const rootSecret = ({ namespace }: S3ServerOptions, secretKey: string): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's3-root', namespace },
  stringData: { ROOT_ACCESS_KEY: ACCESS_KEY, ROOT_SECRET_KEY: secretKey },
});

const service = ({ namespace }: S3ServerOptions): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 's3', namespace },
  spec: { selector: LABELS, ports: [{ port: PORT }] },
});

const restricted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** Buckets are folders. The server's own image has no shell to make one, so Spark's does it. */
function deployment({ namespace, image, bucket, folder }: S3ServerOptions): object {
  const volumeMounts = [{ name: 'data', mountPath: '/data' }];
  const prepare = {
    name: 'prepare',
    image: SPARK_IMAGE,
    command: ['sh', '-c', `mkdir -p /data/${bucket}/${folder} && touch /data/${bucket}/${folder}/.keep`],
    volumeMounts,
    securityContext: restricted,
  };
  const server = {
    name: 's3',
    image,
    imagePullPolicy: 'IfNotPresent',
    args: [`--port=:${PORT}`, 'posix', '/data'],
    envFrom: [{ secretRef: { name: 's3-root' } }],
    ports: [{ containerPort: PORT }],
    readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
    volumeMounts,
    securityContext: restricted,
  };
  const spec = {
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 185,
      runAsGroup: 185,
      fsGroup: 185,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: [prepare],
    containers: [server],
    volumes: [{ name: 'data', emptyDir: {} }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 's3', namespace },
    spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec } },
  };
}
