import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { md5 } from './md5.ts';

describe('md5', () => {
  it.each(['', 'a', 'message digest', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'x'.repeat(200), 'Zürich'])(
    'equals the one of OpenSSL for %j',
    (text) => {
      expect(md5(text)).toBe(createHash('md5').update(text).digest('hex'));
    },
  );
});
