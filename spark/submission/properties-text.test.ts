import { describe, expect, it } from '@jest/globals';
import { propertiesDate, propertiesText } from './properties-text.ts';

const values: Record<string, { given: string; want: string }> = {
  'signs that begin or divide an entry': { given: 'a=b:c#d!e', want: 'a\\=b\\:c\\#d\\!e' },
  'a backslash': { given: 'a\\b', want: 'a\\\\b' },
  controls: { given: 'a\tb\nc\rd\fe', want: 'a\\tb\\nc\\rd\\fe' },
  'only the first of leading blanks': { given: '  a b ', want: '\\  a b ' },
  'what is not ASCII, raw': { given: 'größer 🚀', want: 'größer 🚀' },
  'a reference, raw': { given: '${spark.app.name}', want: '${spark.app.name}' },
  nothing: { given: '', want: '' },
};

describe('propertiesText', () => {
  it.each(Object.entries(values))('writes %s', (_name, { given, want }) => {
    expect(propertiesText([['key', given]])).toBe(`key=${want}\n`);
  });

  it('escapes every blank of a key, sorts, and puts comments first', () => {
    expect(
      propertiesText(
        [
          ['b c', '2'],
          ['a:', '1'],
        ],
        ['note'],
      ),
    ).toBe('#note\na\\:=1\nb\\ c=2\n');
  });
});

describe('propertiesDate', () => {
  it('writes the date as Java does, in UTC', () => {
    expect(propertiesDate(Date.UTC(2026, 10, 2, 3, 4, 5))).toBe('Mon Nov 02 03:04:05 UTC 2026');
  });
});
