import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { bucketName } from './bucket-name.ts';

const PROJECT = 'EC352e7277f6f7153305b9966ee6348c';

describe('bucketName', () => {
  it.each([
    ['demo', 'demo-ec352e72'],
    ['team-a-1', 'team-a-1-ec352e72'],
    ['Demo', expect.stringMatching(/^demo-[0-9a-f]{6}-ec352e72$/)],
    ['my_cluster.prod', expect.stringMatching(/^my-cluster-prod-[0-9a-f]{6}-ec352e72$/)],
    ['xn--demo', expect.stringMatching(/^demo-[0-9a-f]{6}-ec352e72$/)],
  ])('%s', (cluster, want) => expect(bucketName(cluster, PROJECT)).toEqual(want));

  it('keeps names apart that differ in letters which a bucket cannot have', () => {
    const names = ['demo', 'Demo', 'DEMO', 'de_mo', 'de.mo', 'de-mo'].map((name) => bucketName(name, PROJECT));
    expect(new Set(names).size).toBe(names.length);
  });

  it('is a name that every S3 store takes, for every name of a cluster', () => {
    const cluster = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_.-]{0,241}$/);
    fc.assert(
      fc.property(cluster, (name) => {
        const bucket = bucketName(name, PROJECT);
        expect(bucket).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        expect(bucket).not.toMatch(/^xn--/);
      }),
    );
  });
});
