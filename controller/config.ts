import { parseArgs } from 'node:util';
import type { LabelSelector } from '../api/sparkpoddefaults.ts';
import { parseBindAddress } from '../kube/http-server.ts';
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

/** A flag or variable that cannot be used. The message names it and says what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'Config';
}

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

type Flag = keyof typeof defaults;
type Flags = Readonly<Record<Flag, string>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The words in front of the flags, as kubeflow's image takes them. */
const COMMAND = ['controller', 'start'];

/**
 * Flags and environment in, frozen config out.
 *
 * @throws ConfigError for an unknown flag or a value that cannot be used.
 */
export function loadConfig(argv: readonly string[], env: Environment): ControllerConfig {
  const flags = parse(argv);
  const [level, encoder] = [flags['log-level'], flags['log-encoder']];
  return Object.freeze({
    ...scope(flags, env),
    enablePodDefaults: boolean('enable-pod-defaults', flags),
    threads: integer('controller-threads', flags, 1),
    leaderElection: leaderElection(flags, env),
    maxTrackedExecutorPerApp: integer('max-tracked-executor-per-app', flags, 0),
    driverStartGraceMs: duration('driver-start-grace', flags),
    driverPodCreationGraceMs: duration('driver-pod-creation-grace-period', flags),
    enableUiService: boolean('enable-ui-service', flags),
    ingressUrlFormat: text(flags['ingress-url-format']),
    ingressClassName: text(flags['ingress-class-name']),
    metrics: {
      enabled: boolean('enable-metrics', flags),
      address: address('metrics-bind-address', flags),
      prefix: flags['metrics-prefix'],
      labels: list(flags['metrics-labels']),
    },
    healthAddress: address('health-probe-bind-address', flags),
    kubeApiQps: optionalInteger('kube-api-qps', flags),
    kubeApiBurst: optionalInteger('kube-api-burst', flags),
    logLevel: oneOf('log-level', level, ['debug', 'info', 'warn', 'error']),
    logEncoder: oneOf('log-encoder', encoder, ['json', 'console']),
    kubeconfig: text(flags.kubeconfig),
    serviceAccountDir: flags['service-account-dir'],
    masterUrl: masterUrl(env),
    identity: env['POD_NAME'] ?? env['HOSTNAME'] ?? 'spark-operator',
  });
}

function parse(argv: readonly string[]): Flags {
  const args = COMMAND.every((word, i) => argv[i] === word)
    ? argv.slice(COMMAND.length)
    : argv[0] === 'start'
      ? argv.slice(1)
      : [...argv];
  const names = Object.keys(defaults);
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { tokens, values } = parseArgs({
    args: args.map(withValue),
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') throw new ConfigError(`Unexpected argument "${token.value}": flags begin with --`);
    if (token.kind === 'option' && !names.includes(token.name))
      throw new ConfigError(
        `Unknown flag ${token.rawName}. Known flags: ${names.map((name) => `--${name}`).join(', ')}`,
      );
    if (token.kind === 'option' && token.value === undefined) throw new ConfigError(`${token.rawName} needs a value`);
  }
  return { ...defaults, ...values };
}

/** `--leader-election` alone means true, as in kubeflow's command line. */
const withValue = (argument: string): string => (BOOLEANS.has(argument) ? `${argument}=true` : argument);

const BOOLEANS: ReadonlySet<string> = new Set([
  '--leader-election',
  '--enable-ui-service',
  '--enable-metrics',
  '--enable-pod-defaults',
]);

/** Which namespaces the operator serves, and which one is its own. */
function scope(
  flags: Flags,
  env: Environment,
): Pick<ControllerConfig, 'namespaces' | 'namespaceSelector' | 'operatorNamespace'> {
  const namespaces = list(flags.namespaces);
  const namespaceSelector = selector('namespace-selector', flags);
  if (namespaceSelector !== undefined && namespaces.length > 0) {
    throw new ConfigError('--namespace-selector and --namespaces exclude each other: use one of them');
  }
  const operatorNamespace = text(flags['operator-namespace']) ?? text(env['POD_NAMESPACE'] ?? '');
  if (operatorNamespace !== undefined && !NAMESPACE.test(operatorNamespace)) {
    throw new ConfigError(`--operator-namespace must be the name of a namespace, got "${operatorNamespace}"`);
  }
  return { namespaces, namespaceSelector, operatorNamespace };
}

/** A DNS label (RFC 1123). */
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function selector(flag: Flag, flags: Flags): LabelSelector | undefined {
  if (flags[flag].trim() === '') return undefined;
  try {
    return parseLabelSelector(flags[flag]);
  } catch (error) {
    if (error instanceof LabelSelectorError) throw new ConfigError(`--${flag}: ${error.message}`, { cause: error });
    throw error;
  }
}

function leaderElection(flags: Flags, env: Environment): LeaderElectionConfig {
  const enabled = boolean('leader-election', flags);
  const lockNamespace = text(flags['leader-election-lock-namespace']) ?? env['POD_NAMESPACE'];
  if (enabled && lockNamespace === undefined) {
    throw new ConfigError(
      '--leader-election-lock-namespace must be set (or the variable POD_NAMESPACE), or use --leader-election=false',
    );
  }
  return {
    enabled,
    lockName: flags['leader-election-lock-name'],
    lockNamespace: lockNamespace ?? '',
    leaseDurationMs: duration('leader-election-lease-duration', flags),
    renewDeadlineMs: duration('leader-election-renew-deadline', flags),
    retryPeriodMs: duration('leader-election-retry-period', flags),
  };
}

/** Where driver pods find the API server; outside a cluster by its name inside one. */
function masterUrl(env: Environment): string {
  const [host, port] = [env['KUBERNETES_SERVICE_HOST'], env['KUBERNETES_SERVICE_PORT'] ?? '443'];
  if (host === undefined || host === '') return 'https://kubernetes.default.svc:443';
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const list = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const text = (value: string): string | undefined => (value === '' ? undefined : value);

function boolean(flag: Flag, flags: Flags): boolean {
  return oneOf(flag, flags[flag], ['true', 'false']) === 'true';
}

function oneOf<const T extends string>(flag: Flag, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new ConfigError(`--${flag} must be one of ${allowed.join(', ')}, got "${value}"`);
  return found;
}

function integer(flag: Flag, flags: Flags, least: number): number {
  const value = Number(flags[flag]);
  if (flags[flag] !== '' && Number.isInteger(value) && value >= least) return value;
  throw new ConfigError(`--${flag} must be a whole number of at least ${least}, got "${flags[flag]}"`);
}

const optionalInteger = (flag: Flag, flags: Flags): number | undefined =>
  flags[flag] === '' ? undefined : integer(flag, flags, 1);

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Durations in Go's notation: `15s`, `1m30s`, `500ms`. */
function duration(flag: Flag, flags: Flags): number {
  const value = flags[flag];
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== value) {
    throw new ConfigError(`--${flag} must be a duration such as 15s or 1m30s, got "${value}"`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0), 0);
}

/** `:8080`, `127.0.0.1:8080` or `[::1]:8080`. */
function address(flag: Flag, flags: Flags): string {
  try {
    parseBindAddress(flags[flag]);
  } catch (cause) {
    throw new ConfigError(`--${flag} must be [host]:port such as :8080, got "${flags[flag]}"`, { cause });
  }
  return flags[flag];
}
