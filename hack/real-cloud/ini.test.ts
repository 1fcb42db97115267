import { describe, expect, it } from '@jest/globals';

import { ini } from './ini.ts';

describe('ini', () => {
  it('writes sections in order, values as they are', () => {
    expect(ini({ DEFAULT: { debug: false, port: 1 }, 'filter:s3api': { use: 'egg:swift#s3api' } })).toBe(
      '[DEFAULT]\ndebug = false\nport = 1\n\n[filter:s3api]\nuse = egg:swift#s3api\n',
    );
  });
});
