import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property, string } from 'fast-check';
import { canBeOption, quotedOption, splitOptions } from './option-string.ts';

// What `CommandBuilderUtils.parseOptionString` of Spark 3.5.8, 4.0.1, 4.1.4, 4.2.1 and 4.3.0 makes of these texts.
const cases: Record<string, { given: string; want: readonly string[] | undefined }> = {
  nothing: { given: ' \t\n', want: [] },
  'blanks between': { given: ' -Da=1   -Db=2\n-Dc=3 ', want: ['-Da=1', '-Db=2', '-Dc=3'] },
  'quotes anywhere in an option': { given: `-Da="x y"'z "'`, want: ['-Da=x yz "'] },
  'an empty option in quotes': { given: `a "" ''`, want: ['a', '', ''] },
  'a backslash outside and between double quotes': { given: String.raw`a\ b "x\"y\\"`, want: ['a b', 'x"y\\'] },
  'a backslash between single quotes is itself': { given: String.raw`'a\b'`, want: ['a\\b'] },
  'a no-break space is no blank for Java': { given: 'a\u00a0b\u2003c', want: ['a\u00a0b', 'c'] },
  'an open quote': { given: `-Da="x`, want: undefined },
  'a backslash at the end': { given: 'a\\', want: undefined },
};

describe('splitOptions', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(splitOptions(given)).toEqual(want);
  });
});

describe('quotedOption', () => {
  it('is read back as it was, whatever it holds', () => {
    const text = array(constantFrom(...Array.from(`ab=-D."'\\$(){}\t\n \u00a0\u2003é€`)), { maxLength: 12 }).map((c) =>
      c.join(''),
    );
    const option = text.map((rest) => `-D${rest}`);
    assert(
      property(array(option, { maxLength: 5 }), (options) => {
        expect(splitOptions(options.map(quotedOption).join(' '))).toEqual(options);
      }),
    );
  });

  it('leaves plain options as they are', () => {
    expect(quotedOption('-Dspark.eventLog.dir=s3a://b/events')).toBe('-Dspark.eventLog.dir=s3a://b/events');
  });
});

describe('splitOptions of anything', () => {
  it('never throws', () => {
    assert(property(string({ unit: 'binary' }), (text) => void splitOptions(text)));
  });
});

describe('canBeOption', () => {
  it.each([
    ['é€', true],
    ['an emoji 🚀', false],
    ['a zero \0', false],
  ])('%j: %s', (text, want) => {
    expect(canBeOption(text)).toBe(want);
  });
});
