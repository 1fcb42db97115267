import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { describe, expect, it } from '@jest/globals';

import { identify, isRunning, parseStat } from './process-identity.ts';

describe('parseStat', () => {
  it('is not misled by spaces and brackets in the name of the command', () => {
    const rest = Array.from({ length: 18 }, (_, i) => String(i)).join(' ');
    expect(parseStat(`42 (tmux: (a) b) S ${rest} 987654 0 0`)).toEqual({ state: 'S', startTime: '987654' });
  });
});

describe('isRunning', () => {
  const own = identify(process.pid);

  it('knows this process', () => {
    expect(own !== undefined && isRunning(own)).toBe(true);
  });

  it('does not take a process that got the same number for the recorded one', () => {
    expect(own !== undefined && isRunning({ ...own, startTime: '1' })).toBe(false);
  });

  it('does not take a process of this start of the machine for one of an earlier start', () => {
    expect(own !== undefined && isRunning({ ...own, bootId: 'another' })).toBe(false);
  });

  it('sees that a process has ended', async () => {
    const child = spawn('sleep', ['60']);
    const identity = identify(child.pid ?? 0);
    expect(identity !== undefined && isRunning(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identity !== undefined && isRunning(identity)).toBe(false);
  });
});
