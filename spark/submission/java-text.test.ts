import { describe, expect, it } from '@jest/globals';
import { javaBoolean, javaDouble, javaList, javaTrim } from './java-text.ts';

describe('javaTrim', () => {
  it('strips controls and blanks up to U+0020 and nothing else', () => {
    expect(javaTrim('\u0000 \t\nx y\u00a0 ')).toBe('x y\u00a0');
    expect(javaTrim(' \n ')).toBe('');
  });
});

describe('javaDouble', () => {
  it.each([
    [0, '0.0'],
    [1, '1.0'],
    [0.1, '0.1'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [0.00012, '1.2E-4'],
    [9_999_999, '9999999.0'],
    [10_000_000, '1.0E7'],
    [-0.5, '-0.5'],
  ])('%p is %s', (given, want) => {
    expect(javaDouble(given)).toBe(want);
  });
});

describe('javaList', () => {
  it('splits at commas, trims, and drops what is empty', () => {
    expect(javaList(' a,, b ,')).toEqual(['a', 'b']);
    expect(javaList('')).toEqual([]);
  });
});

describe('javaBoolean', () => {
  it.each([
    ['true', true],
    [' FALSE ', false],
    ['yes', undefined],
    ['', undefined],
  ])('"%s" is %p', (given, want) => {
    expect(javaBoolean(given)).toBe(want);
  });
});
