import { describe, expect, it } from '@jest/globals';

import { apiAddress, serverUrl } from './api-address.ts';

describe('serverUrl', () => {
  const cases: Record<string, { given: string; want: string | undefined }> = {
    'a URL stays': { given: 'https://192.0.2.7:6443', want: 'https://192.0.2.7:6443' },
    'a path stays, a slash at its end goes': {
      given: 'https://lb.example.org/k8s/',
      want: 'https://lb.example.org/k8s',
    },
    'https has its own port': { given: 'https://lb.example.org', want: 'https://lb.example.org' },
    'a host gets the port of API servers': { given: '192.0.2.7', want: 'https://192.0.2.7:6443' },
    'a host keeps its port': { given: 'lb.example.org:8443', want: 'https://lb.example.org:8443' },
    'version 6': { given: '[2001:db8::1]', want: 'https://[2001:db8::1]:6443' },
    nothing: { given: ' ', want: undefined },
    garbage: { given: 'not a host', want: undefined },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(serverUrl(given)).toBe(want);
  });
});

interface Case {
  readonly told: string | null | undefined;
  readonly override?: string;
  readonly proxied?: boolean;
}

describe('apiAddress', () => {
  const cases: Record<string, { given: Case; want: { server: string; warning: string | undefined } }> = {
    'of Magnum': {
      given: { told: 'https://192.0.2.7:6443' },
      want: { server: 'https://192.0.2.7:6443', warning: undefined },
    },
    'of a person, whatever Magnum says': {
      given: { told: 'https://10.0.0.5:6443', override: '203.0.113.4' },
      want: { server: 'https://203.0.113.4:6443', warning: undefined },
    },
    'unknown to Magnum': {
      given: { told: null },
      want: { server: 'https://api-address-unknown.invalid:6443', warning: '--api-address' },
    },
    private: {
      given: { told: 'https://10.0.0.5:6443' },
      want: { server: 'https://10.0.0.5:6443', warning: 'private address https://10.0.0.5:6443' },
    },
    'private, just within the net': {
      given: { told: 'https://172.31.0.1:6443' },
      want: { server: 'https://172.31.0.1:6443', warning: 'private address' },
    },
    'just outside of the net': {
      given: { told: 'https://172.32.0.1:6443' },
      want: { server: 'https://172.32.0.1:6443', warning: undefined },
    },
    'private of version 6': {
      given: { told: 'https://[fd00::1]:6443' },
      want: { server: 'https://[fd00::1]:6443', warning: 'private address' },
    },
    'private, through a proxy': {
      given: { told: 'https://10.0.0.5:6443', proxied: true },
      want: { server: 'https://10.0.0.5:6443', warning: undefined },
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const { told, override, proxied } = given;
    const found = apiAddress({ name: 'demo', api_address: told ?? null }, override, proxied);
    expect(found).toEqual({
      server: want.server,
      warning: want.warning === undefined ? undefined : expect.stringContaining(want.warning),
    });
  });

  it('refuses an address that it cannot read', () => {
    expect(() => apiAddress({ name: 'demo' }, 'no host')).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining('"no host"') }),
    );
  });
});
