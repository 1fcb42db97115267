import { ConfigError, readFlags, type Flags } from '../kube/flags.ts';
import { SERVICE_ACCOUNT_DIR } from '../kube/in-cluster.ts';
import type { ObjectRef } from '../kube/key.ts';
import type { LogEncoder, LogLevel } from '../kube/log.ts';
import type { CertificatesSettings } from './certificates.ts';
import type { CleanupSettings } from './cleanup.ts';
import type { CrdsSettings } from './crds.ts';
import { HOOK_NAMES, type HookName } from './hook.ts';
import { CLOUD_FLAGS, cloudSettingsOf, INIT_FLAGS, initSettingsOf } from './openstack-init/flags.ts';
import type { OpenStackInitSettings } from './openstack-init/settings.ts';
import { NEEDS, type Need } from './preflight/access-needs.ts';
import type { PreflightSettings } from './preflight/preflight.ts';

/** What every hook is told. */
export interface CommonConfig {
  readonly logLevel: LogLevel;
  readonly logEncoder: LogEncoder;
  /** All of the hook's time. */
  readonly timeoutMs: number;
  /** Outside a cluster: use this file instead of the service account. */
  readonly kubeconfig: string | undefined;
  readonly serviceAccountDir: string;
}

/** The settings of the hook that was asked for. */
export type HookSettings =
  | { readonly hook: 'preflight'; readonly settings: PreflightSettings }
  | { readonly hook: 'certificates'; readonly settings: CertificatesSettings }
  | { readonly hook: 'crds'; readonly settings: CrdsSettings }
  | { readonly hook: 'openstack-init'; readonly settings: OpenStackInitSettings }
  | { readonly hook: 'cleanup'; readonly settings: CleanupSettings };

export type HookConfig = CommonConfig & HookSettings;

const common = {
  'log-level': 'info',
  'log-encoder': 'json',
  timeout: '60s',
  kubeconfig: '',
  'service-account-dir': SERVICE_ACCOUNT_DIR,
  namespace: '',
} as const;

/** Where the image has the definitions. */
const CRD_DIRECTORY = '/opt/spark-operator/crds';

type Environment = Readonly<Record<string, string | undefined>>;
type Read = (argv: readonly string[], env: Environment) => HookConfig;

const preflight: Read = (argv, env) => {
  const flags = readFlags(argv, {
    command: ['preflight'],
    defaults: {
      ...common,
      ...{ strict: 'true', namespaces: '', 'required-secrets': '' },
      ...{ needs: '', 'configuration-name': '', 'secret-name': '', directory: CRD_DIRECTORY },
    },
  });
  const settings: PreflightSettings = {
    strict: flags.boolean('strict'),
    namespace: namespaceOf(flags, env),
    jobNamespaces: flags.list('namespaces'),
    requiredSecrets: flags.list('required-secrets').map(secretRef),
    needs: flags.list('needs').map(needOf),
    configurationName: flags.raw('configuration-name'),
    secretName: flags.raw('secret-name'),
    crdDirectory: required(flags, 'directory'),
  };
  return { ...commonOf(flags), hook: 'preflight', settings };
};

const certificates: Read = (argv, env) => {
  const flags = readFlags(argv, {
    command: ['certificates'],
    defaults: {
      ...common,
      ...{ 'secret-name': '', 'service-name': '', 'configuration-name': '' },
      ...{ 'certificate-duration': '2160h', 'ca-duration': '87600h' },
    },
  });
  const settings: CertificatesSettings = {
    namespace: namespaceOf(flags, env),
    secretName: required(flags, 'secret-name'),
    serviceName: required(flags, 'service-name'),
    configurationName: required(flags, 'configuration-name'),
    leafLifeMs: flags.duration('certificate-duration'),
    caLifeMs: flags.duration('ca-duration'),
  };
  return { ...commonOf(flags), hook: 'certificates', settings };
};

const crds: Read = (argv) => {
  const flags = readFlags(argv, { command: ['crds'], defaults: { ...common, directory: CRD_DIRECTORY } });
  return { ...commonOf(flags), hook: 'crds', settings: { directory: required(flags, 'directory') } };
};

const openStackInit: Read = (argv, env) => {
  const defaults = { ...common, ...CLOUD_FLAGS, ...INIT_FLAGS };
  const flags = readFlags(argv, { command: ['openstack-init'], defaults });
  return { ...commonOf(flags), hook: 'openstack-init', settings: initSettingsOf(flags, namespaceOf(flags, env)) };
};

const cleanup: Read = (argv, env) => {
  const flags = readFlags(argv, {
    command: ['cleanup'],
    defaults: {
      ...{ ...common, ...CLOUD_FLAGS },
      ...{ 'configuration-name': '', 'secret-name': '', openstack: 'false' },
    },
  });
  const namespace = namespaceOf(flags, env);
  const settings: CleanupSettings = {
    namespace,
    configurationName: required(flags, 'configuration-name'),
    secretName: required(flags, 'secret-name'),
    openStack: flags.boolean('openstack') ? cloudSettingsOf(flags, namespace) : undefined,
  };
  return { ...commonOf(flags), hook: 'cleanup', settings };
};

const readers: Readonly<Record<HookName, Read>> = {
  preflight,
  certificates,
  crds,
  'openstack-init': openStackInit,
  cleanup,
};

/**
 * `NAME FLAGS…` in, frozen config out.
 *
 * @throws ConfigError for an unknown hook or flag, or a value that cannot be used.
 */
export function loadConfig([name = '', ...argv]: readonly string[], env: Environment): HookConfig {
  const hook = HOOK_NAMES.find((known) => known === name);
  if (hook === undefined) throw new ConfigError(`Unknown hook "${name}". Known: ${HOOK_NAMES.join(', ')}`);
  return Object.freeze(readers[hook](argv, env));
}

function commonOf(flags: Flags<keyof typeof common>): CommonConfig {
  const timeoutMs = flags.duration('timeout');
  if (timeoutMs === 0) throw new ConfigError('--timeout must be longer than nothing');
  return {
    logLevel: flags.oneOf('log-level', ['debug', 'info', 'warn', 'error']),
    logEncoder: flags.oneOf('log-encoder', ['json', 'console']),
    timeoutMs,
    kubeconfig: flags.text('kubeconfig'),
    serviceAccountDir: flags.raw('service-account-dir'),
  };
}

function required<F extends string>(flags: Flags<F>, flag: F): string {
  const value = flags.raw(flag);
  if (value === '') throw new ConfigError(`--${flag} must be set`);
  return value;
}

/** `--namespace`, else the namespace of the pod. */
function namespaceOf(flags: Flags<'namespace'>, env: Environment): string {
  const namespace = flags.text('namespace') ?? env['POD_NAMESPACE'] ?? '';
  if (namespace === '') throw new ConfigError('--namespace must be set, or the variable POD_NAMESPACE');
  return namespace;
}

function needOf(text: string): Need {
  const need = NEEDS.find((known) => known === text);
  if (need === undefined) throw new ConfigError(`--needs must be some of ${NEEDS.join(', ')}, got "${text}"`);
  return need;
}

/** `namespace/name`. */
function secretRef(text: string): ObjectRef {
  const [namespace = '', name = '', ...rest] = text.split('/');
  if (namespace !== '' && name !== '' && rest.length === 0) return { namespace, name };
  throw new ConfigError(`--required-secrets must name each Secret as NAMESPACE/NAME, got "${text}"`);
}
