import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inCluster } from './in-cluster.ts';
import { manualClock } from './manual-clock.ts';

const env = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };
let dir = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'service-account-'));
  writeFileSync(join(dir, 'token'), 'one\n');
  writeFileSync(join(dir, 'ca.crt'), 'CERTIFICATE');
  writeFileSync(join(dir, 'namespace'), 'spark');
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('in a pod', () => {
  it('finds server, CA, namespace and token', () => {
    const { server, credentials, namespace } = inCluster({ dir, env });
    expect({ server, namespace, ca: credentials.ca }).toEqual({
      server: 'https://10.96.0.1:443',
      namespace: 'spark',
      ca: 'CERTIFICATE',
    });
    expect(credentials.authorization?.(false)).toBe('Bearer one');
  });

  it('writes an IPv6 address as URLs want it', () => {
    expect(inCluster({ dir, env: { ...env, KUBERNETES_SERVICE_HOST: 'fd00::1' } }).server).toBe(
      'https://[fd00::1]:443',
    );
  });

  it('reads the token again after a minute, or at once when asked', () => {
    const clock = manualClock();
    const { credentials } = inCluster({ dir, env, clock });
    writeFileSync(join(dir, 'token'), 'two');
    expect(credentials.authorization?.(false)).toBe('Bearer one');
    expect(credentials.authorization?.(true)).toBe('Bearer two');
    writeFileSync(join(dir, 'token'), 'three');
    clock.advance(61_000);
    expect(credentials.authorization?.(false)).toBe('Bearer three');
  });

  it('goes on with the old token while the file is away', () => {
    const { credentials } = inCluster({ dir, env });
    rmSync(join(dir, 'token'));
    expect(credentials.authorization?.(true)).toBe('Bearer one');
  });

  it('says what is missing', () => {
    expect(() => inCluster({ dir, env: {} })).toThrow('KUBERNETES_SERVICE_HOST is not set');
    rmSync(join(dir, 'ca.crt'));
    expect(() => inCluster({ dir, env })).toThrow(`Cannot read ${join(dir, 'ca.crt')}`);
  });
});
