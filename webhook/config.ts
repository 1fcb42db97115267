import { ConfigError, readFlags } from '../kube/flags.ts';

/** What the flags and the environment say; nothing else reads them. Durations are milliseconds. */
export interface WebhookConfig {
  /** Namespaces that are served; empty = all (that `namespaceSelector` selects). */
  readonly namespaces: readonly string[];
  /** Label selector in kubectl's notation; undefined = every namespace. */
  readonly namespaceSelector: string | undefined;
  /** The release namespace: its SparkPodDefaults are for all namespaces, its pods are left alone. */
  readonly operatorNamespace: string;
  /** `[host]:port` of the admission server. */
  readonly webhookAddress: string;
  readonly certificate: CertificateConfig;
  readonly tlsMinVersion: 'TLSv1.2' | 'TLSv1.3';
  /** Bytes of a request body; more is answered with 413. */
  readonly maxRequestBytes: number;
  /** How long to serve on after SIGTERM, until the endpoints are gone everywhere. */
  readonly shutdownDelayMs: number;
  readonly quota: Enforcement;
  readonly userAccess: Enforcement;
  /** Service accounts that every author of an application may use. */
  readonly trustedServiceAccounts: readonly string[];
  readonly metrics: { readonly enabled: boolean; readonly address: string; readonly prefix: string };
  /** `[host]:port` of the health probes. */
  readonly healthAddress: string;
  readonly kubeApiQps: number | undefined;
  readonly kubeApiBurst: number | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logEncoder: 'json' | 'console';
  /** Development: use this file instead of the service account. */
  readonly kubeconfig: string | undefined;
  readonly serviceAccountDir: string;
  /** Which replica this is. */
  readonly identity: string | undefined;
}

/** `off`: not looked at; `warn`: told to the author; `deny`: refused. */
export type Enforcement = 'off' | 'warn' | 'deny';

export interface CertificateConfig {
  readonly issuer: 'self' | 'cert-manager';
  readonly secretName: string;
  readonly serviceName: string;
  /** Name of both webhook configurations. */
  readonly configurationName: string;
  readonly leafLifeMs: number;
  readonly caLifeMs: number;
}

/** Every flag with its default. */
const defaults = {
  namespaces: '',
  'namespace-selector': '',
  'operator-namespace': '',
  'webhook-port': '9443',
  'webhook-bind-host': '',
  'webhook-secret-name': 'spark-operator-webhook-certs',
  'webhook-svc-name': 'spark-operator-webhook-svc',
  'webhook-configuration-name': 'spark-operator-webhook',
  'certificate-issuer': 'self',
  'certificate-duration': '2160h',
  'ca-duration': '87600h',
  'tls-min-version': '1.3',
  'max-request-bytes': '3145728',
  'shutdown-delay': '5s',
  'resource-quota-enforcement': 'warn',
  'user-access-check': 'warn',
  'trusted-service-accounts': '',
  'enable-metrics': 'true',
  'metrics-bind-address': ':8080',
  'metrics-prefix': '',
  'health-probe-bind-address': ':8081',
  'log-level': 'info',
  'log-encoder': 'json',
  'kube-api-qps': '',
  'kube-api-burst': '',
  kubeconfig: '',
  'service-account-dir': '/var/run/secrets/kubernetes.io/serviceaccount',
} as const;

const ENFORCEMENTS = ['off', 'warn', 'deny'] as const;

/**
 * Flags and environment in, frozen config out.
 *
 * @throws ConfigError for an unknown flag or a value that cannot be used.
 */
export function loadConfig(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): WebhookConfig {
  const flags = readFlags(argv, { command: ['webhook', 'start'], defaults });
  const operatorNamespace = flags.text('operator-namespace') ?? env['POD_NAMESPACE'];
  if (operatorNamespace === undefined) {
    throw new ConfigError('--operator-namespace must be set (or the variable POD_NAMESPACE)');
  }
  return Object.freeze({
    namespaces: flags.list('namespaces'),
    namespaceSelector: flags.text('namespace-selector'),
    operatorNamespace,
    webhookAddress: `${flags.raw('webhook-bind-host')}:${flags.integer('webhook-port', 0)}`,
    certificate: {
      issuer: flags.oneOf('certificate-issuer', ['self', 'cert-manager']),
      secretName: flags.raw('webhook-secret-name'),
      serviceName: flags.raw('webhook-svc-name'),
      configurationName: flags.raw('webhook-configuration-name'),
      leafLifeMs: flags.duration('certificate-duration'),
      caLifeMs: flags.duration('ca-duration'),
    },
    tlsMinVersion: `TLSv${flags.oneOf('tls-min-version', ['1.3', '1.2'])}` as const,
    maxRequestBytes: flags.integer('max-request-bytes', 1024),
    shutdownDelayMs: flags.duration('shutdown-delay'),
    quota: flags.oneOf('resource-quota-enforcement', ENFORCEMENTS),
    userAccess: flags.oneOf('user-access-check', ENFORCEMENTS),
    trustedServiceAccounts: flags.list('trusted-service-accounts'),
    metrics: {
      enabled: flags.boolean('enable-metrics'),
      address: flags.address('metrics-bind-address'),
      prefix: flags.raw('metrics-prefix'),
    },
    healthAddress: flags.address('health-probe-bind-address'),
    kubeApiQps: flags.optionalInteger('kube-api-qps', 1),
    kubeApiBurst: flags.optionalInteger('kube-api-burst', 1),
    logLevel: flags.oneOf('log-level', ['debug', 'info', 'warn', 'error']),
    logEncoder: flags.oneOf('log-encoder', ['json', 'console']),
    kubeconfig: flags.text('kubeconfig'),
    serviceAccountDir: flags.raw('service-account-dir'),
    identity: env['POD_NAME'] ?? env['HOSTNAME'],
  });
}
