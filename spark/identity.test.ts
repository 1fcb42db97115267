import { describe, expect, it } from '@jest/globals';
import { sparkApplicationIdOf, submissionIdOf, uniqueIdOf, uuidOf } from './identity.ts';

describe('submissionIdOf', () => {
  it('is the same UUID of version 5 for the same attempt, for ever', () => {
    expect(submissionIdOf('5f6f4d3e-8a3b-4d8e-9a53-0c1d2e3f4a5b', 1)).toBe('f02fe7d4-b65a-5a0b-a019-797e53b3f8aa');
  });

  it('is of version 5 and of the right variant', () => {
    for (let attempt = 1; attempt <= 50; attempt += 1)
      expect(submissionIdOf('uid', attempt)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
  });

  it('differs between attempts and between applications', () => {
    const ids = [submissionIdOf('a', 1), submissionIdOf('a', 2), submissionIdOf('b', 1), submissionIdOf('a/1', 1)];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the ids of an attempt', () => {
  it('have the shape of those that Spark draws', () => {
    const id = submissionIdOf('uid', 1);
    expect(sparkApplicationIdOf(id)).toMatch(/^spark-[0-9a-f]{32}$/);
    expect(uniqueIdOf(id, 'prefix')).toMatch(/^[0-9a-f]{16}$/);
    expect(uuidOf(id, 'local-directory')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(uniqueIdOf(id, 'prefix')).not.toBe(uniqueIdOf(id, 'service'));
  });
});
