import { describe, expect, it } from '@jest/globals';
import { featuresOf } from './features.ts';
import type { SparkFeatures } from './features.ts';

/** What each minor has over the one before. */
const steps: Record<string, Partial<SparkFeatures>> = {
  '3.5.8': { labelSubstitution: false, minMemoryOverhead: false, volumeOptions: false, refusesPython2: true },
  '4.0.1': { labelSubstitution: true, claimAccessMode: 'ReadWriteOncePod', connectPort: false, refusesPython2: true },
  '4.1.4': { connectPort: true, imageVersionSubstitution: true, connectAppProtocol: false, refusesPython2: false },
  '4.2.1': { connectAppProtocol: true, setsPrivilegeEscalation: false },
  '4.3.0': { setsPrivilegeEscalation: true, publishNotReadyAddresses: true },
};

describe('featuresOf', () => {
  it.each(Object.entries(steps))('knows Spark %s', (version, want) => {
    const { features, tested } = featuresOf(version);
    expect(features).toMatchObject(want);
    expect(tested).toBe(true);
  });

  it.each([
    ['v4.0.1-amzn-2', '4.0.1'],
    ['3.5', '3.5.8'],
  ])('reads %s by its minor', (version, like) => {
    expect(featuresOf(version)).toEqual(featuresOf(like));
  });

  it.each([
    ['3.1.1', '3.5.8'],
    ['4.9.0', '4.3.0'],
    ['five', '4.3.0'],
  ])('takes %s for %s, and says that this is untested', (version, like) => {
    expect(featuresOf(version)).toEqual({ features: featuresOf(like).features, tested: false });
  });
});
