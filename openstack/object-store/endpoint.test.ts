import { describe, expect, it } from '@jest/globals';

import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import type { CatalogEntry, Login } from '../identity/session.ts';
import { s3EndpointOf } from './endpoint.ts';

const endpoint = (url: string, region = 'RegionOne', of = 'public') => ({ url, region, interface: of });
const swift: CatalogEntry = {
  type: 'object-store',
  name: 'swift',
  endpoints: [
    endpoint('http://inside:8080/v1/AUTH_p1', 'RegionOne', 'internal'),
    endpoint('https://store.example.org:8080/v1/AUTH_p1'),
    endpoint('https://other.example.org/swift/v1', 'RegionTwo'),
  ],
};
const s3: CatalogEntry = { type: 's3', name: 'rgw', endpoints: [endpoint('https://s3.example.org/')] };

interface Case {
  readonly catalog: readonly CatalogEntry[];
  readonly config?: Partial<CloudConfig>;
  readonly override?: string;
  readonly want: { readonly endpoint: string; readonly region: string } | undefined;
}

const cases: Record<string, Case> = {
  "takes the host of Swift's endpoint, not its path": {
    catalog: [swift],
    want: { endpoint: 'https://store.example.org:8080', region: 'RegionOne' },
  },
  'prefers an entry for S3 itself': {
    catalog: [swift, s3],
    want: { endpoint: 'https://s3.example.org', region: 'RegionOne' },
  },
  'heeds the region': {
    catalog: [swift, s3],
    config: { region: 'RegionTwo' },
    want: { endpoint: 'https://other.example.org', region: 'RegionTwo' },
  },
  'heeds the interface': {
    catalog: [swift],
    config: { interface: 'internal' },
    want: { endpoint: 'http://inside:8080', region: 'RegionOne' },
  },
  'takes an override of clouds.yaml': {
    catalog: [swift],
    config: { endpointOverrides: { 'object-store': 'https://proxy.example.org/v1/AUTH_p1' } },
    want: { endpoint: 'https://proxy.example.org', region: 'RegionOne' },
  },
  'takes what a person gives as it is': {
    catalog: [],
    config: { region: 'cern' },
    override: 'https://host.example.org/s3/',
    want: { endpoint: 'https://host.example.org/s3', region: 'cern' },
  },
  'has none where the catalog has none': { catalog: [], want: undefined },
  'has none in another region': { catalog: [swift], config: { region: 'RegionNine' }, want: undefined },
};

const config: CloudConfig = {
  name: 'c',
  source: 'f',
  authUrl: 'https://k/v3',
  auth: { method: 'token', token: 't', scope: { kind: 'unscoped' } },
  region: undefined,
  interface: 'public',
  tls: { caFile: undefined, certFile: undefined, keyFile: undefined, verify: true },
  endpointOverrides: {},
  warnings: [],
};

const login = (catalog: readonly CatalogEntry[]): Login => ({
  user: { id: 'u', name: 'u', domainName: 'Default' },
  project: undefined,
  roles: [],
  methods: [],
  applicationCredential: undefined,
  issuedAt: new Date(0),
  expiresAt: new Date(0),
  catalog,
  clockSkewMs: 0,
});

describe('s3EndpointOf', () => {
  it.each(Object.entries(cases))('%s', (_name, { catalog, config: more, override, want }) =>
    expect(s3EndpointOf(login(catalog), { ...config, ...more }, override)).toEqual(want),
  );
});
