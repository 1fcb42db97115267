import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../api/sparkapplication.ts';
import { anApp } from '../test/builders.ts';
import { specWithDefaults } from './defaulting.ts';
import { fieldsWithoutRestart, SPEC_HASH_VERSION, specHash } from './spec-hash.ts';

const { spec } = anApp();

/** The JSON of a specification has the shape of a specification, in whatever order its keys come. */
const reversed = (given: SparkApplicationSpec) =>
  JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(given).reverse()))) as SparkApplicationSpec;

describe('specHash', () => {
  const same: Record<string, SparkApplicationSpec> = {
    'with the defaults written out': specWithDefaults(spec),
    'with keys in another order': reversed(spec),
    'with an empty map for an unset field': { ...spec, sparkConf: {}, deps: {}, arguments: [] },
    'when only suspend and time to live are edited': { ...spec, suspend: true, timeToLiveSeconds: 60 },
    'when only policies are edited': { ...spec, restartPolicy: { type: 'Always' }, timeouts: { runSeconds: 1 } },
  };
  it.each(Object.entries(same))('is the same %s', (_name, edited) => {
    expect(specHash(edited)).toBe(specHash(spec));
  });

  const other: Record<string, SparkApplicationSpec> = {
    'an argument': { ...spec, arguments: ['10'] },
    'the order of arguments': { ...spec, arguments: ['1', '10'] },
    'the image': { ...spec, image: 'localhost/spark:3.5.8' },
    'a label of a pod': { ...spec, driver: { ...spec.driver, labels: { a: 'b' } } },
    'an empty object deep down': { ...spec, volumes: [{ name: 'scratch', emptyDir: {} }] },
    'an unset object deep down': { ...spec, volumes: [{ name: 'scratch' }] },
    'a number in text': { ...spec, sparkConf: { 'spark.x': '1' } },
  };
  it('differs with everything that a run depends on', () => {
    const hashes = [spec, ...Object.values(other)].map(specHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('leaves out only these fields', () => {
    expect([...fieldsWithoutRestart].sort()).toEqual([
      'driverPodDisruptionBudget',
      'failureRetries',
      'restartPolicy',
      'retryInterval',
      'submission',
      'suspend',
      'timeToLiveSeconds',
      'timeouts',
    ]);
  });

  it('of this version never changes: raise SPEC_HASH_VERSION when it must', () => {
    expect({ version: SPEC_HASH_VERSION, hash: specHash(spec) }).toEqual({
      version: 1,
      hash: 'b18f37171376117022ab3346cfeaf660264d041a62b16ae93482fc14415b7bf0',
    });
  });
});
