import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { cloudStatus, statusText, type CloudStatus } from './status.ts';

const running: CloudStatus = {
  root: '/r',
  state: 'running',
  cloudsFile: '/r/clouds.yaml',
  authUrl: 'http://127.0.0.1:7000/v3',
  services: [
    { name: 'keystone', pid: 12, residentBytes: 150_000_000, log: '/r/logs/keystone.log' },
    { name: 'magnum-api', pid: 13, residentBytes: 100_000_000, log: '/r/logs/magnum-api.log' },
  ],
};

describe('statusText', () => {
  it('tells processes, memory and how to use the cloud', () => {
    const text = statusText(running);
    expect(text).toMatch(/keystone +12 +150 MB/);
    expect(text).toMatch(/together +250 MB/);
    expect(text).toContain('OS_CLIENT_CONFIG_FILE=/r/clouds.yaml OS_CLOUD=demo');
  });

  it('names the log of what has ended', () => {
    const services = [{ name: 'keystone', log: '/r/logs/keystone.log' }] as const;
    expect(statusText({ ...running, state: 'broken', services })).toContain('not running (log: /r/logs/keystone.log)');
  });
});

describe('cloudStatus', () => {
  it('is absent where nothing was ever started', async () => {
    const root = await mkdtemp(join(tmpdir(), 'real-cloud-status-'));
    try {
      const status = cloudStatus(root);
      expect(status).toMatchObject({ root, state: 'absent' });
      expect(statusText(status)).toBe(`No cloud runs in ${root}`);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
