import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_DEPTH, readJson } from './read-json.ts';

const read = (text: string): ReturnType<typeof readJson> => readJson(Buffer.from(text));

describe('reading JSON from anyone', () => {
  it('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(read(text)).toEqual({ value: JSON.parse(text) as unknown, hadProto: false });
      }),
    );
  });

  it('counts levels, and no brackets in strings', () => {
    const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(() => read(nested(MAX_DEPTH))).not.toThrow();
    expect(() => read(nested(MAX_DEPTH + 1))).toThrow('deeper than 64 levels');
    expect(() => read(JSON.stringify({ text: '{['.repeat(100), quoted: '"{[\\"' }))).not.toThrow();
    expect(() => read(`{"a":${'{"b":'.repeat(1000)}`)).toThrow('deeper');
  });

  it.each(['{"__proto__":{"a":1},"b":2}', '{"\\u005f_proto__":{"a":1},"b":2}', '{"_\\u005Fproto__":{"a":1},"b":2}'])(
    'leaves the key of prototypes out of %s',
    (text) => {
      const { value, hadProto } = read(text);
      expect(hadProto).toBe(true);
      expect(Object.keys(value ?? {})).toEqual(['b']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(value).not.toHaveProperty('a');
    },
  );

  it('keeps the word as a value, and the key "constructor"', () => {
    expect(read('{"a":"__proto__","constructor":1}')).toEqual({
      value: { a: '__proto__', constructor: 1 },
      hadProto: false,
    });
  });

  it.each(['', 'nope', '{"a":', '{"a":1}{', '\u0000'])('refuses %j with 400', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, message: 'The body is not JSON' }));
  });
});
