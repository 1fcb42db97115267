import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { kubeconfigYaml } from './kubeconfig.ts';

describe('kubeconfigYaml', () => {
  it('embeds the certificates and selects its only context', () => {
    const text = kubeconfigYaml({ name: 'test', server: 'https://127.0.0.1:6443', ca: 'CA', cert: 'CERT', key: 'KEY' });
    expect(parse(text)).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      clusters: [{ name: 'test', cluster: { server: 'https://127.0.0.1:6443', 'certificate-authority-data': 'Q0E=' } }],
      users: [{ name: 'test', user: { 'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ' } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    });
  });
});
