import { describe, expect, it } from '@jest/globals';
import { keyOf, keyOfObject, namespaceOf, refOf } from './key.ts';
import { collectionPath, objectPath } from './paths.ts';
import { resources } from './resources.ts';

describe('keys', () => {
  it('name an object and lead back to it', () => {
    expect(keyOf({ namespace: 'team', name: 'pi' })).toBe('team/pi');
    expect(keyOf({ name: 'node-1' })).toBe('node-1');
    expect(keyOfObject({ metadata: { namespace: 'team', name: 'pi' } })).toBe('team/pi');
    expect(refOf('team/pi')).toEqual({ namespace: 'team', name: 'pi' });
    expect(refOf('node-1')).toEqual({ name: 'node-1' });
    expect([namespaceOf('team/pi'), namespaceOf('node-1')]).toEqual(['team', '']);
  });
});

describe('paths', () => {
  const cases: Record<string, { given: string; want: string }> = {
    'core, in a namespace': { given: collectionPath(resources.pods, 'team'), want: '/api/v1/namespaces/team/pods' },
    'core, in all namespaces': { given: collectionPath(resources.pods, undefined), want: '/api/v1/pods' },
    'cluster-scoped': { given: objectPath(resources.namespaces, { name: 'team' }), want: '/api/v1/namespaces/team' },
    'a status': {
      given: objectPath(resources.sparkApplications, { namespace: 'team', name: 'pi' }, 'status'),
      want: '/apis/sparkoperator.k8s.io/v1beta2/namespaces/team/sparkapplications/pi/status',
    },
    'a query, with nothing that a selector may contain left open': {
      given: collectionPath(resources.pods, 'team', { labelSelector: 'a in (b,c),d=e&f', limit: 5, watch: undefined }),
      want: '/api/v1/namespaces/team/pods?labelSelector=a%20in%20(b%2Cc)%2Cd%3De%26f&limit=5',
    },
    'a name that tries to leave its place': {
      given: objectPath(resources.pods, { namespace: 'team', name: '../secrets/x' }),
      want: '/api/v1/namespaces/team/pods/..%2Fsecrets%2Fx',
    },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(given).toBe(want);
  });

  it('refuses an empty name: it would address all objects', () => {
    expect(() => objectPath(resources.pods, { namespace: 'team', name: '' })).toThrow(RangeError);
  });
});
