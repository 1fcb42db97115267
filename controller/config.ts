import type { LabelSelector } from '../api/sparkpoddefaults.ts';
import { ConfigError, readFlags, type Flags } from '../kube/flags.ts';
import { TIMESTAMP_PRECISIONS, type TimestampPrecision } from '../spark/schedule/run-name.ts';
import { LabelSelectorError, parseLabelSelector } from '../kube/label-selector.ts';

/** What the flags and the environment say; nothing else reads them. Durations are milliseconds. */
export interface ControllerConfig {
  /** Namespaces whose applications are run; empty = all. */
  readonly namespaces: readonly string[];
  /** Only namespaces with these labels count; undefined = all that `namespaces` says. */
  readonly namespaceSelector: LabelSelector | undefined;
  /** Where the site's own SparkPodDefaults lie; undefined = there are none. */
  readonly operatorNamespace: string | undefined;
  readonly enablePodDefaults: boolean;
  readonly threads: number;
  readonly leaderElection: LeaderElectionConfig;
  readonly maxTrackedExecutorPerApp: number;
  readonly driverStartGraceMs: number;
  readonly driverPodCreationGraceMs: number;
  readonly enableUiService: boolean;
  /** URL of UI Ingresses, with {{$appName}} and {{$appNamespace}}; undefined = no Ingress. */
  readonly ingressUrlFormat: string | undefined;
  readonly ingressClassName: string | undefined;
  /** How exact the time in the names of scheduled runs is. */
  readonly timestampPrecision: TimestampPrecision;
  readonly metrics: MetricsConfig;
  /** `[host]:port` of the health probes. */
  readonly healthAddress: string;
  readonly kubeApiQps: number | undefined;
  readonly kubeApiBurst: number | undefined;
  readonly logLevel: LogLevel;
  readonly logEncoder: LogEncoder;
  /** Development: use this file instead of the service account. */
  readonly kubeconfig: string | undefined;
  readonly serviceAccountDir: string;
  /** `spark.master` of submitted applications, without `k8s://`. */
  readonly masterUrl: string;
  /** Who we are, in the Lease and in events. */
  readonly identity: string;
}

export interface LeaderElectionConfig {
  readonly enabled: boolean;
  readonly lockName: string;
  readonly lockNamespace: string;
  readonly leaseDurationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryPeriodMs: number;
}

export interface MetricsConfig {
  readonly enabled: boolean;
  /** `[host]:port` of `/metrics`. */
  readonly address: string;
  readonly prefix: string;
  /** Labels of applications that become labels of metrics. */
  readonly labels: readonly string[];
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogEncoder = 'json' | 'console';

/** Every flag with its default; names and meaning as kubeflow's where it has them. */
const defaults = {
  namespaces: '',
  'namespace-selector': '',
  'operator-namespace': '',
  'enable-pod-defaults': 'true',
  'controller-threads': '10',
  'leader-election': 'true',
  'leader-election-lock-name': 'spark-operator-controller-lock',
  'leader-election-lock-namespace': '',
  'leader-election-lease-duration': '15s',
  'leader-election-renew-deadline': '10s',
  'leader-election-retry-period': '2s',
  'max-tracked-executor-per-app': '1000',
  'driver-start-grace': '30s',
  'driver-pod-creation-grace-period': '10s',
  'enable-ui-service': 'true',
  'ingress-url-format': '',
  'ingress-class-name': '',
  'scheduled-spark-application-timestamp-precision': 'nanos',
  'enable-metrics': 'true',
  'metrics-bind-address': ':8080',
  'metrics-prefix': '',
  'metrics-labels': 'app_type',
  'health-probe-bind-address': ':8081',
  'kube-api-qps': '',
  'kube-api-burst': '',
  'log-level': 'info',
  'log-encoder': 'json',
  kubeconfig: '',
  'service-account-dir': '/var/run/secrets/kubernetes.io/serviceaccount',
} as const;

type ControllerFlags = Flags<keyof typeof defaults>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The words in front of the flags, as kubeflow's image takes them. */
const COMMAND = ['controller', 'start'];

/**
 * Flags and environment in, frozen config out.
 *
 * @throws ConfigError for an unknown flag or a value that cannot be used.
 */
export function loadConfig(argv: readonly string[], env: Environment): ControllerConfig {
  const flags = readFlags(argv, { command: COMMAND, defaults });
  return Object.freeze({
    ...scope(flags, env),
    enablePodDefaults: flags.boolean('enable-pod-defaults'),
    threads: flags.integer('controller-threads', 1),
    leaderElection: leaderElection(flags, env),
    maxTrackedExecutorPerApp: flags.integer('max-tracked-executor-per-app', 0),
    driverStartGraceMs: flags.duration('driver-start-grace'),
    driverPodCreationGraceMs: flags.duration('driver-pod-creation-grace-period'),
    enableUiService: flags.boolean('enable-ui-service'),
    ingressUrlFormat: flags.text('ingress-url-format'),
    ingressClassName: flags.text('ingress-class-name'),
    timestampPrecision: flags.oneOf('scheduled-spark-application-timestamp-precision', TIMESTAMP_PRECISIONS),
    metrics: {
      enabled: flags.boolean('enable-metrics'),
      address: flags.address('metrics-bind-address'),
      prefix: flags.raw('metrics-prefix'),
      labels: flags.list('metrics-labels'),
    },
    healthAddress: flags.address('health-probe-bind-address'),
    kubeApiQps: flags.optionalInteger('kube-api-qps', 1),
    kubeApiBurst: flags.optionalInteger('kube-api-burst', 1),
    logLevel: flags.oneOf('log-level', ['debug', 'info', 'warn', 'error']),
    logEncoder: flags.oneOf('log-encoder', ['json', 'console']),
    kubeconfig: flags.text('kubeconfig'),
    serviceAccountDir: flags.raw('service-account-dir'),
    masterUrl: masterUrl(env),
    identity: env['POD_NAME'] ?? env['HOSTNAME'] ?? 'spark-operator',
  });
}

/** Which namespaces the operator serves, and which one is its own. */
function scope(
  flags: ControllerFlags,
  env: Environment,
): Pick<ControllerConfig, 'namespaces' | 'namespaceSelector' | 'operatorNamespace'> {
  const namespaces = flags.list('namespaces');
  const namespaceSelector = selector(flags);
  if (namespaceSelector !== undefined && namespaces.length > 0) {
    throw new ConfigError('--namespace-selector and --namespaces exclude each other: use one of them');
  }
  const operatorNamespace = flags.text('operator-namespace') ?? podNamespace(env);
  if (operatorNamespace !== undefined && !NAMESPACE.test(operatorNamespace)) {
    throw new ConfigError(`--operator-namespace must be the name of a namespace, got "${operatorNamespace}"`);
  }
  return { namespaces, namespaceSelector, operatorNamespace };
}

/** An empty variable counts as unset. */
const podNamespace = ({ POD_NAMESPACE: namespace }: Environment): string | undefined =>
  namespace === '' ? undefined : namespace;

/** A DNS label (RFC 1123). */
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function selector(flags: ControllerFlags): LabelSelector | undefined {
  const text = flags.raw('namespace-selector');
  if (text.trim() === '') return undefined;
  try {
    return parseLabelSelector(text);
  } catch (error) {
    if (error instanceof LabelSelectorError)
      throw new ConfigError(`--namespace-selector: ${error.message}`, { cause: error });
    throw error;
  }
}

function leaderElection(flags: ControllerFlags, env: Environment): LeaderElectionConfig {
  const enabled = flags.boolean('leader-election');
  const lockNamespace = flags.text('leader-election-lock-namespace') ?? env['POD_NAMESPACE'];
  if (enabled && lockNamespace === undefined) {
    throw new ConfigError(
      '--leader-election-lock-namespace must be set (or the variable POD_NAMESPACE), or use --leader-election=false',
    );
  }
  return {
    enabled,
    lockName: flags.raw('leader-election-lock-name'),
    lockNamespace: lockNamespace ?? '',
    leaseDurationMs: flags.duration('leader-election-lease-duration'),
    renewDeadlineMs: flags.duration('leader-election-renew-deadline'),
    retryPeriodMs: flags.duration('leader-election-retry-period'),
  };
}

/** Where driver pods find the API server; outside a cluster by its name inside one. */
function masterUrl(env: Environment): string {
  const [host, port] = [env['KUBERNETES_SERVICE_HOST'], env['KUBERNETES_SERVICE_PORT'] ?? '443'];
  if (host === undefined || host === '') return 'https://kubernetes.default.svc:443';
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
