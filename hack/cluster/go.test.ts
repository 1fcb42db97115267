import { describe, expect, it } from '@jest/globals';

import { isEnough, missingGo } from './go.ts';

const cases: Record<string, { given: string; want: boolean }> = {
  'the oldest allowed Go': { given: '1.24', want: true },
  'a patch of it': { given: '1.24.3', want: true },
  'a newer minor': { given: '1.26.8', want: true },
  'a newer major': { given: '2.0', want: true },
  'what Debian 12 offers': { given: '1.19.8', want: false },
  'a minor that is smaller as a number, not as a text': { given: '1.9', want: false },
  'a release candidate': { given: '1.25rc1', want: true },
  'a development version': { given: 'devel go1-abc', want: true },
};

describe('isEnough', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(isEnough(given)).toBe(want);
  });
});

describe('missingGo', () => {
  it('says what is there and how to fix it', () => {
    expect(missingGo('1.19.8')).toContain('Go 1.19.8 is too old');
    expect(missingGo(undefined)).toContain('Go is not installed');
    expect(missingGo(undefined)).toContain('tar -C /usr/local');
  });
});
