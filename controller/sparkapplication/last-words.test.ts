import { describe, expect, it } from '@jest/globals';

import { lastWords } from './last-words.ts';

const cases: Record<string, { readonly given: string; readonly want: string }> = {
  'plain words stay': { given: 'java.io.IOException: No space left\n', want: 'java.io.IOException: No space left' },
  'a password is masked': { given: 'connect password=hunter2, retry', want: 'connect password=***, retry' },
  'a Hadoop secret key is masked': { given: 'fs.s3a.secret.key=abc123', want: 'fs.s3a.secret.key=***' },
  'an access key is masked': { given: '"access.key": "AKIA"', want: '"access.key": "***"' },
  'a bearer token is masked': { given: 'Authorization: Bearer abcdefgh.ijk', want: 'Authorization: Bearer ***' },
  'credentials in a URL are masked': { given: 'jdbc:pg://me:s3cret@host/db', want: 'jdbc:pg://me:***@host/db' },
  'a missing Secret is still named': { given: 'secret "db-login" not found', want: 'secret "db-login" not found' },
  'a missing volume is still named': {
    given: 'MountVolume.SetUp failed for volume "x" : secret "db-login" not found',
    want: 'MountVolume.SetUp failed for volume "x" : secret "db-login" not found',
  },
};

describe('lastWords', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(lastWords(given)).toBe(want);
  });

  it('keeps the end of a long text within 1 KiB', () => {
    const kept = lastWords(`${'x'.repeat(5000)} the end`);
    expect(kept).toHaveLength(1024);
    expect(kept.endsWith(' the end')).toBe(true);
  });
});
