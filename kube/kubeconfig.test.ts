import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadKubeconfig } from './kubeconfig.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

let dir = '';
let path = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  path = join(dir, 'config');
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'token',
    clusters: [
      { name: 'one', cluster: { server: 'https://one:6443', 'certificate-authority-data': base64('CA') } },
      { name: 'proxied', cluster: { server: 'https://two:6443', 'proxy-url': 'http://proxy' } },
    ],
    users: [
      { name: 'token', user: { token: 'secret' } },
      { name: 'cert', user: { 'client-certificate-data': base64('CERT'), 'client-key-data': base64('KEY') } },
      {
        name: 'exec',
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: 'echo',
            args: [
              JSON.stringify({
                apiVersion: 'client.authentication.k8s.io/v1',
                kind: 'ExecCredential',
                status: { token: 'minted' },
              }),
            ],
            interactiveMode: 'Never',
          },
        },
      },
    ],
    contexts: [
      { name: 'token', context: { cluster: 'one', user: 'token', namespace: 'team' } },
      { name: 'cert', context: { cluster: 'one', user: 'cert' } },
      { name: 'exec', context: { cluster: 'one', user: 'exec' } },
      { name: 'proxied', context: { cluster: 'proxied', user: 'token' } },
    ],
  };
  writeFileSync(path, JSON.stringify(kubeconfig));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('a kubeconfig', () => {
  it('gives server, namespace, CA and token of the current context', async () => {
    const { server, namespace, context, credentials } = await loadKubeconfig({ path });
    expect({ server, namespace, context, ca: credentials.ca }).toEqual({
      server: 'https://one:6443',
      namespace: 'team',
      context: 'token',
      ca: 'CA',
    });
    expect(await credentials.authorization?.(false)).toBe('Bearer secret');
  });

  it('gives the client certificate of a context that is asked for', async () => {
    const { credentials, namespace } = await loadKubeconfig({ path, context: 'cert' });
    expect(credentials).toMatchObject({ clientCertificate: 'CERT', clientKey: 'KEY' });
    expect([credentials.authorization, namespace]).toEqual([undefined, undefined]);
  });

  it('runs exec plug-ins', async () => {
    const { credentials } = await loadKubeconfig({ path, context: 'exec' });
    expect(await credentials.authorization?.(false)).toBe('Bearer minted');
  });

  const refused: Record<string, { given: () => Parameters<typeof loadKubeconfig>[0]; want: string }> = {
    'a context that is not there': { given: () => ({ path, context: 'none' }), want: 'has no context "none"' },
    'a cluster behind a proxy': {
      given: () => ({ path, context: 'proxied' }),
      want: 'proxy-url, which is not supported',
    },
    'a file that is not there': { given: () => ({ path: join(dir, 'absent') }), want: 'Cannot read the kubeconfig' },
  };
  it.each(Object.entries(refused))('says so: %s', async (_name, { given, want }) => {
    await expect(loadKubeconfig(given())).rejects.toThrow(want);
  });
});
