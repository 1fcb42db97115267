import { describe, expect, it } from '@jest/globals';

import { bar, createProgress, seconds } from './progress.ts';

function pipe() {
  const lines: string[] = [];
  const times = [0, 65_000];
  const progress = createProgress({ write: (text) => lines.push(text) }, () => times.shift() ?? 0);
  return { lines, progress };
}

describe('a step in a pipe', () => {
  it('writes one whole line when it is done', async () => {
    const { lines, progress } = pipe();
    await expect(progress.step('Building', async () => 'result')).resolves.toBe('result');
    expect(lines).toEqual(['  ✓ Building 65 s\n']);
  });

  it('says beforehand how long it usually takes', async () => {
    const { lines, progress } = pipe();
    await progress.step('Building', async () => undefined, '1 min');
    expect(lines).toEqual(['  … Building (usually 1 min)\n', '  ✓ Building 65 s\n']);
  });

  it('marks a failure and throws it on', async () => {
    const { lines, progress } = pipe();
    const failing = progress.step('Building', async () => Promise.reject(new Error('no compiler')));
    await expect(failing).rejects.toThrow('no compiler');
    expect(lines).toEqual(['  ✗ Building 65 s\n']);
  });
});

describe('seconds', () => {
  it.each([
    [340, '0.3 s'],
    [9_999, '10.0 s'],
    [95_000, '95 s'],
    [380_000, '6 min 20 s'],
    [179_900, '3 min 0 s'],
  ])('%i ms is %s', (given, want) => {
    expect(seconds(given)).toBe(want);
  });
});

describe('bar', () => {
  it('is half full at a half', () => {
    expect(bar(0.5, 'MB')).toBe('[██████████░░░░░░░░░░] 50 % MB');
  });
  it('stays within its bounds', () => {
    expect(bar(1.2, '')).toBe('[████████████████████] 100 % ');
  });
});
