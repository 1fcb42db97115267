import { describe, expect, it } from '@jest/globals';

import { parseVersion, rangeInRefusal, versionText } from './microversion.ts';

describe('microversions', () => {
  it.each([
    ['1.10', { major: 1, minor: 10 }],
    ['container-infra 1.9', { major: 1, minor: 9 }],
    ['latest', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %s', (text, want) => expect(parseVersion(text)).toEqual(want));

  it.each([
    ['The supported version range is: [1.1, 1.10].', '1.1 to 1.10'],
    ["Version 1.99 … ['1.1', '1.10']", '1.1 to 1.10'],
    ['', undefined],
    ['Acceptable: none', undefined],
  ])('finds the range in "%s"', (said, want) => {
    const range = rangeInRefusal(said);
    expect(range && `${versionText(range.min)} to ${versionText(range.max)}`).toBe(want);
  });
});
