import { describe, expect, it } from '@jest/globals';

import { earlierValues } from './earlier-values.ts';
import type { Release } from './helm.ts';
import type { Values } from './values.ts';

const release = (status: string): Release => ({
  revision: 3,
  status,
  lastDeployed: new Date(0),
  values: { of: 'the newest' },
  manifest: '',
});

type Given = readonly [Release | undefined, readonly number[], boolean];
const cases: Record<string, { given: Given; want: Values }> = {
  'none for a new release': { given: [undefined, [], false], want: {} },
  'those of a release that is up': { given: [release('deployed'), [3], false], want: { of: 'the newest' } },
  'not those of a run that failed': { given: [release('failed'), [1, 2], false], want: { of: 2 } },
  'none when no run ever came up': { given: [release('failed'), [], false], want: {} },
  'none when they shall be forgotten': { given: [release('deployed'), [3], true], want: {} },
};

describe('earlierValues', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given: [seen, good, resetValues], want }) => {
    const helm = {
      goodRevisions: () => Promise.resolve(good),
      valuesOf: (revision: number) => Promise.resolve({ of: revision }),
    };
    await expect(earlierValues(helm, seen, { resetValues })).resolves.toEqual(want);
  });
});
