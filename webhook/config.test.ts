import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../kube/flags.ts';
import { loadConfig } from './config.ts';

const env = { POD_NAMESPACE: 'operators', POD_NAME: 'webhook-0' };

describe('the flags of the webhook', () => {
  it('have safe defaults', () => {
    expect(loadConfig([], env)).toMatchObject({
      namespaces: [],
      namespaceSelector: undefined,
      operatorNamespace: 'operators',
      webhookAddress: ':9443',
      tlsMinVersion: 'TLSv1.3',
      maxRequestBytes: 3 << 20,
      shutdownDelayMs: 5_000,
      quota: 'warn',
      userAccess: 'warn',
      certificate: { issuer: 'self', leafLifeMs: 2160 * 3_600_000, caLifeMs: 87_600 * 3_600_000 },
      identity: 'webhook-0',
    });
  });

  it('are taken as the chart writes them', () => {
    const args = [
      ...['webhook', 'start', '--namespaces=team-a,team-b', '--namespace-selector=team in (a,b),!z'],
      ...['--webhook-port=8443', '--webhook-secret-name=s', '--webhook-svc-name=v', '--webhook-configuration-name=c'],
      ...['--certificate-issuer=cert-manager', '--tls-min-version=1.2', '--trusted-service-accounts=spark,other'],
      ...['--resource-quota-enforcement=deny', '--user-access-check=off', '--operator-namespace=o', '--enable-metrics'],
    ];
    expect(loadConfig(args, env)).toMatchObject({
      namespaces: ['team-a', 'team-b'],
      namespaceSelector: 'team in (a,b),!z',
      operatorNamespace: 'o',
      webhookAddress: ':8443',
      certificate: { issuer: 'cert-manager', secretName: 's', serviceName: 'v', configurationName: 'c' },
      tlsMinVersion: 'TLSv1.2',
      trustedServiceAccounts: ['spark', 'other'],
      quota: 'deny',
      userAccess: 'off',
      metrics: { enabled: true },
    });
  });

  it.each([
    [['--user-access-check=maybe'], '--user-access-check must be one of off, warn, deny, got "maybe"'],
    [['--tls-min-version=1.1'], '--tls-min-version must be one of 1.3, 1.2'],
    [['--max-request-bytes=10'], '--max-request-bytes must be a whole number of at least 1024'],
    [['--certificate-duration=90d'], '--certificate-duration must be a duration such as 15s'],
    [['--cert-dir=/tmp'], 'Unknown flag --cert-dir'],
    [['controller', 'start'], 'Unexpected argument "controller"'],
  ])('%s is refused with the reason', (args, message) => {
    expect(() => loadConfig(args, env)).toThrow(message);
    expect(() => loadConfig(args, env)).toThrow(ConfigError);
  });

  it('need the namespace of the operator', () => {
    expect(() => loadConfig([], {})).toThrow('--operator-namespace must be set');
  });
});
