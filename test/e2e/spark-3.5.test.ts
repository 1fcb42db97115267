import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { reach, withDiagnosis, type AppRef } from './application.ts';
import { load } from './nodes.ts';
import { piApplication } from './pi.ts';
import { sharedRelease, type Prepared } from './release.ts';

const app: AppRef = { namespace: 'spark-3-5', name: 'pi-on-3-5' };

describe('Spark 3.5', () => {
  let release: Prepared;
  let image: string;

  beforeAll(async () => {
    release = await sharedRelease();
    ({ ref: image } = await load(release.kubectl, 'spark-3.5.8'));
    await release.kubectl.text(['-n', app.namespace, 'delete', 'sparkapplication', app.name, '--ignore-not-found']);
  }, 900_000);

  afterAll(async () => {
    await release.kubectl.text(['-n', app.namespace, 'delete', 'sparkapplications', '--all', '--wait=false']);
  });

  it('computes Pi with a driver and an executor that the operator prepared for it', async () => {
    const manifest = piApplication({ ...app, spec: { image, sparkVersion: '3.5.8' } });
    await release.kubectl.text(['apply', '-f', '-'], JSON.stringify(manifest));
    const { status } = await reach(release.kubectl, app, 'COMPLETED');
    expect(status).toMatchObject({ submission: { lane: 'Native' }, executors: { desired: 1 } });
    await withDiagnosis(release.kubectl, app, async () => {
      const log = await release.kubectl.text(['-n', app.namespace, 'logs', `${app.name}-driver`]);
      expect(log).toMatch(/^Pi is roughly 3\.\d+$/m);
      expect(log).toContain('Running Spark version 3.5.8');
    });
  }, 240_000);
});
