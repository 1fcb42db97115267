import { describe, expect, it } from '@jest/globals';
import { somePodDefaults } from '../../test/builders.ts';
import { overriddenText, overriddenTexts, podDefaultsStatus } from './status.ts';

const lost = (entry: string, by = 'the application') => ({ defaults: 'spark-operator/site', entry, by });

describe('podDefaultsStatus', () => {
  it('lists all that were selected, in order, with what they gave and what gave way', () => {
    const defaults = [somePodDefaults({}, { name: 'team', namespace: 'team-a', generation: 3 }), somePodDefaults({})];
    expect(podDefaultsStatus(defaults, { 'team-a/team': 2 }, [lost('driver env A')])).toEqual([
      { name: 'team-a/team', generation: 3, applied: 2 },
      { name: 'spark-operator/site', generation: 1, applied: 0, overridden: ['driver env A: the application sets it'] },
    ]);
  });

  it('lists at most 20 entries', () => {
    const many = Array.from({ length: 30 }, (_, index) => lost(`driver env E${index}`));
    expect(podDefaultsStatus([somePodDefaults({})], {}, many)[0]?.overridden).toHaveLength(20);
    expect(overriddenTexts(many)).toHaveLength(21);
    expect(overriddenTexts(many).at(-1)).toBe('10 more entries of SparkPodDefaults gave way');
  });
});

describe('overriddenText', () => {
  it('names who lost, what, and to whom', () => {
    expect(overriddenText(lost('driver volumeMount /data', 'SparkPodDefaults team-a/team'))).toBe(
      'SparkPodDefaults spark-operator/site: driver volumeMount /data gave way, for SparkPodDefaults team-a/team sets it otherwise',
    );
  });
});
