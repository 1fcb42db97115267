import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../kube/flags.ts';
import { loadConfig } from './config.ts';

const pod = {
  POD_NAME: 'controller-0',
  POD_NAMESPACE: 'operator',
  KUBERNETES_SERVICE_HOST: '10.96.0.1',
  KUBERNETES_SERVICE_PORT: '443',
};

describe('loadConfig', () => {
  it('has a default for every flag', () => {
    expect(loadConfig([], pod)).toMatchObject({
      namespaces: [],
      namespaceSelector: undefined,
      operatorNamespace: 'operator',
      enablePodDefaults: true,
      threads: 10,
      leaderElection: {
        enabled: true,
        lockName: 'spark-operator-controller-lock',
        lockNamespace: 'operator',
        leaseDurationMs: 15_000,
        renewDeadlineMs: 10_000,
        retryPeriodMs: 2_000,
      },
      maxTrackedExecutorPerApp: 1000,
      driverStartGraceMs: 30_000,
      driverPodCreationGraceMs: 10_000,
      enableUiService: true,
      metrics: { enabled: true, address: ':8080', prefix: '', labels: ['app_type'] },
      healthAddress: ':8081',
      masterUrl: 'https://10.96.0.1:443',
      identity: 'controller-0',
    });
  });

  it('takes the words in front of the flags as the image is called with them', () => {
    expect(loadConfig(['controller', 'start', '--namespaces=a,b'], pod).namespaces).toEqual(['a', 'b']);
    expect(loadConfig(['start', '--namespaces', 'a'], pod).namespaces).toEqual(['a']);
  });

  it('lets the last of two values of a flag win', () => {
    expect(loadConfig(['--metrics-bind-address=:1', '--metrics-bind-address=127.0.0.1:2'], pod).metrics.address).toBe(
      '127.0.0.1:2',
    );
  });

  it('reads a flag without a value as true where the flag is a yes or no', () => {
    expect(loadConfig(['--leader-election=false', '--enable-metrics'], {}).metrics.enabled).toBe(true);
  });

  it('writes an IPv6 address of the API server in brackets', () => {
    expect(loadConfig([], { ...pod, KUBERNETES_SERVICE_HOST: 'fd00::1' }).masterUrl).toBe('https://[fd00::1]:443');
  });

  const durations: Record<string, { readonly given: string; readonly want: number }> = {
    seconds: { given: '45s', want: 45_000 },
    'minutes and seconds': { given: '1m30s', want: 90_000 },
    milliseconds: { given: '500ms', want: 500 },
    fractions: { given: '1.5h', want: 5_400_000 },
  };
  it.each(Object.entries(durations))('reads a duration in %s', (_name, { given, want }) => {
    expect(loadConfig([`--driver-start-grace=${given}`], pod).driverStartGraceMs).toBe(want);
  });

  it('reads a selector of namespaces, and another namespace of its own', () => {
    const config = loadConfig(['--namespace-selector=team in (a,b)', '--operator-namespace=site'], pod);
    expect(config.namespaceSelector).toEqual({
      matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }],
    });
    expect(config.operatorNamespace).toBe('site');
  });

  const refused: Record<string, { readonly given: readonly string[]; readonly want: RegExp }> = {
    'an unknown flag': { given: ['--spark-home=/opt'], want: /Unknown flag --spark-home.*--namespaces/ },
    'a stray word': { given: ['stop'], want: /"stop"/ },
    'a flag without its value': { given: ['--namespaces'], want: /--namespaces needs a value/ },
    'a number that is none': { given: ['--controller-threads=many'], want: /--controller-threads.*"many"/ },
    'no worker at all': { given: ['--controller-threads=0'], want: /at least 1/ },
    'a duration without a unit': { given: ['--driver-start-grace=30'], want: /--driver-start-grace.*"30"/ },
    'a yes or no that is neither': {
      given: ['--enable-metrics=maybe'],
      want: /--enable-metrics must be one of true, false/,
    },
    'an unknown level': { given: ['--log-level=loud'], want: /--log-level/ },
    'a selector that cannot be read': {
      given: ['--namespace-selector=team>1'],
      want: /--namespace-selector: "team>1" is not a label requirement/,
    },
    'a selector beside a list of namespaces': {
      given: ['--namespace-selector=team=a', '--namespaces=b'],
      want: /--namespace-selector and --namespaces exclude each other/,
    },
    'a namespace that cannot be one': { given: ['--operator-namespace=Site'], want: /--operator-namespace.*"Site"/ },
    'an address without a port': {
      given: ['--health-probe-bind-address=localhost'],
      want: /--health-probe-bind-address/,
    },
  };
  it.each(Object.entries(refused))('refuses %s', (_name, { given, want }) => {
    expect(() => loadConfig(given, pod)).toThrow(want);
    expect(() => loadConfig(given, pod)).toThrow(ConfigError);
  });

  it('asks for the namespace of the lock when nothing tells it', () => {
    expect(() => loadConfig([], {})).toThrow(/--leader-election-lock-namespace/);
  });
});
