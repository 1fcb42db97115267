import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './config.ts';

const pod = { POD_NAMESPACE: 'operator' };
const named = ['--secret-name=certs', '--configuration-name=webhook'];

describe('loadConfig of the hooks', () => {
  it('takes the namespace of the pod, and a minute', () => {
    expect(loadConfig(['cleanup', ...named], pod)).toMatchObject({
      hook: 'cleanup',
      timeoutMs: 60_000,
      settings: { namespace: 'operator', configurationName: 'webhook', secretName: 'certs' },
    });
  });

  it('reads the lives of certificates', () => {
    const flags = ['--service-name=svc', '--certificate-duration=48h', '--namespace=mine'];
    expect(loadConfig(['certificates', ...named, ...flags], pod)).toMatchObject({
      settings: { namespace: 'mine', leafLifeMs: 172_800_000, caLifeMs: 315_360_000_000 },
    });
  });

  it('reads what a preflight looks for', () => {
    const flags = ['--strict=false', '--namespaces=a,b', '--required-secrets=a/s3', '--needs=crds'];
    expect(loadConfig(['preflight', ...flags], pod)).toMatchObject({
      settings: {
        strict: false,
        jobNamespaces: ['a', 'b'],
        requiredSecrets: [{ namespace: 'a', name: 's3' }],
        needs: ['crds'],
        crdDirectory: '/opt/spark-operator/crds',
      },
    });
  });

  it('reads what openstack-init is to make, and where the Secrets lie', () => {
    const given = ['--clouds-folder=/c', '--clouds-secret=clouds', '--release=spark', '--s3-path-style=false'];
    const keys = ['--keys-folder=/k', '--keys-secret=mine', '--timeout=2m'];
    expect(loadConfig(['openstack-init', ...given, ...keys], pod)).toMatchObject({
      hook: 'openstack-init',
      timeoutMs: 120_000,
      settings: {
        namespace: 'operator',
        clouds: { folder: '/c', file: 'clouds.yaml', secret: 'clouds', cloud: undefined },
        keys: { folder: '/k', secret: 'mine' },
        bucket: undefined,
        s3: { endpoint: undefined, pathStyle: false },
      },
    });
  });

  it('lets cleanup alone with the cloud unless it is told', () => {
    expect(loadConfig(['cleanup', ...named], pod)).toMatchObject({ settings: { openStack: undefined } });
    const cloud = ['--openstack=true', '--clouds-folder=/c', '--clouds-secret=clouds'];
    expect(loadConfig(['cleanup', ...named, ...cloud], pod)).toMatchObject({
      settings: { openStack: { namespace: 'operator', clouds: { secret: 'clouds' }, keys: undefined } },
    });
  });

  const bad: Record<string, { readonly given: readonly string[]; readonly says: string }> = {
    'no hook': { given: [], says: 'Unknown hook "". Known: preflight, certificates, crds, openstack-init, cleanup' },
    'a flag of another hook': { given: ['crds', '--strict=true'], says: 'Unknown flag --strict' },
    'no Secret': { given: ['cleanup', '--configuration-name=x'], says: '--secret-name must be set' },
    'no time': { given: ['crds', '--timeout=0s'], says: '--timeout must be longer than nothing' },
    'a Secret without a namespace': {
      given: ['preflight', '--required-secrets=s3'],
      says: '--required-secrets must name each Secret as NAMESPACE/NAME, got "s3"',
    },
    'a cleanup of an unknown cloud': {
      given: ['cleanup', ...named, '--openstack'],
      says: '--clouds-folder must be set',
    },
    'an unknown need': { given: ['preflight', '--needs=coffee'], says: '--needs must be some of certificates' },
  };
  it.each(Object.entries(bad))('refuses %s', (_name, { given, says }) => {
    expect(() => loadConfig(given, pod)).toThrow(says);
  });

  it('refuses to guess a namespace', () => {
    expect(() => loadConfig(['cleanup', ...named], {})).toThrow(
      '--namespace must be set, or the variable POD_NAMESPACE',
    );
  });
});
