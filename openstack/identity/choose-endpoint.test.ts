import { describe, expect, it } from '@jest/globals';

import { chooseEndpoint, type EndpointWish } from './choose-endpoint.ts';
import type { CatalogEntry } from './session.ts';

const endpoint = (url: string, region = 'R', where = 'public') => ({ url, region, interface: where });

const catalog: readonly CatalogEntry[] = [
  { type: 'identity', name: 'keystone', endpoints: [endpoint('http://k/v3')] },
  { type: 'container', name: 'old', endpoints: [endpoint('http://old')] },
  {
    type: 'container-infra',
    name: 'magnum',
    endpoints: [endpoint('http://m/v1/'), endpoint('http://m-internal', 'R', 'internal')],
  },
  { type: 'computev21', name: 'nova', endpoints: [endpoint('http://n1', 'R'), endpoint('http://n2', 'S')] },
];

describe('chooseEndpoint', () => {
  const cases: Record<string, { given: Partial<EndpointWish>; want: object }> = {
    'the first name is better than an alias': { given: {}, want: { url: 'http://m/v1' } },
    'another interface': { given: { interface: 'internal' }, want: { url: 'http://m-internal' } },
    'under an alias, by region': { given: { service: 'compute', region: 'S' }, want: { url: 'http://n2' } },
    'in two regions without a choice': {
      given: { service: 'compute' },
      want: { missing: 'the catalog has compute in several regions: choose one with --region: R, S' },
    },
    'a region that has none': {
      given: { region: 'X' },
      want: {
        missing:
          'the catalog has no container-infra in region "X" with interface "public"; it has container-infra in ' +
          'R (internal), R (public)',
      },
    },
    'a service that the cloud does not have': {
      given: { service: 'network' },
      want: {
        missing:
          'the catalog has no network with interface "public"; it has computev21, container, container-infra, identity',
      },
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const wish: EndpointWish = { service: 'container-infra', region: undefined, interface: 'public', ...given };
    expect(chooseEndpoint(catalog, wish)).toEqual(want);
  });

  it('says that a login without a project has no catalog', () => {
    expect(chooseEndpoint([], { service: 'compute', region: undefined, interface: 'public' })).toEqual({
      missing: 'the catalog has no compute with interface "public"; it is empty: the login is for no project',
    });
  });
});
