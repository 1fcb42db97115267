import { describe, expect, it } from '@jest/globals';

import { serviceUrl } from './service-url.ts';

describe('serviceUrl', () => {
  const cases: Record<string, { given: readonly [string, string]; want: string }> = {
    'an endpoint without a version': { given: ['http://m:9511', '/v1/clusters'], want: 'http://m:9511/v1/clusters' },
    'an endpoint with it': { given: ['http://m:9511/v1', '/v1/clusters'], want: 'http://m:9511/v1/clusters' },
    'an endpoint below a path': { given: ['http://h/infra/v1', '/v1/clusters'], want: 'http://h/infra/v1/clusters' },
    'another version of the same service': { given: ['http://n/v2', '/v2.1/flavors'], want: 'http://n/v2.1/flavors' },
    'an endpoint with the project': { given: ['http://n/v2.1/p1', '/v2.1/flavors'], want: 'http://n/v2.1/p1/flavors' },
    'the root lists the versions': { given: ['http://h/infra/v1', '/'], want: 'http://h/infra/' },
    'a path without a version': { given: ['http://s/v1/AUTH_p', '/bucket'], want: 'http://s/v1/AUTH_p/bucket' },
    'a name that only looks like one': { given: ['http://h/vault', '/v1/x'], want: 'http://h/vault/v1/x' },
  };

  it.each(Object.entries(cases))('%s', (_name, { given: [endpoint, path], want }) => {
    expect(serviceUrl(endpoint, path)).toBe(want);
  });

  it('encodes the query and leaves out what is not set', () => {
    expect(serviceUrl('http://m', '/v1/clusters', { limit: '2', marker: 'a b', sort: undefined })).toBe(
      'http://m/v1/clusters?limit=2&marker=a+b',
    );
  });
});
