import { describe, expect, it } from '@jest/globals';

import { cacheRoot } from './cache.ts';

const cases: Record<string, { given: Record<string, string | undefined>; want: string }> = {
  'is below the home folder': { given: {}, want: '/home/ada/.cache/spark-operator' },
  'follows the XDG cache folder': { given: { XDG_CACHE_HOME: '/big' }, want: '/big/spark-operator' },
  'takes an empty XDG variable as unset': {
    given: { XDG_CACHE_HOME: '' },
    want: '/home/ada/.cache/spark-operator',
  },
  'is what its own variable says, as it is': {
    given: { SPARK_OPERATOR_CACHE: '/here', XDG_CACHE_HOME: '/big' },
    want: '/here',
  },
};

describe('cacheRoot', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(cacheRoot(given, '/home/ada')).toBe(want);
  });
});
