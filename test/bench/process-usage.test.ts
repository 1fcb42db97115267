import { describe, expect, it } from '@jest/globals';
import { parseUsage } from './process-usage.ts';

describe('process usage', () => {
  it('counts user, system and reaped children, whatever the name of the command is', () => {
    const stat = `42 (a (b) c) S 1 42 42 0 -1 4194560 100 200 0 0 150 50 25 25 20 0 11 0 12345`;
    expect(parseUsage(stat, 'Name:\tnode\nVmRSS:\t  102400 kB\n')).toEqual({ cpuSeconds: 2.5, rssMiB: 100 });
  });
});
