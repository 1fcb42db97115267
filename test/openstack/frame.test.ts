import { describe, expect, it } from '@jest/globals';

import { exitCodeMeaning } from '../../openstack/exit-code.ts';
import { runOpsparkctl } from './run-opsparkctl.ts';

describe('the command line', () => {
  it('shows its help with all exit codes on standard output', async () => {
    const { code, out, err } = await runOpsparkctl(['--help']);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const [number, meaning] of exitCodeMeaning) expect(out).toContain(`${number}`.padEnd(3) + `   ${meaning}`);
  });

  it('prints its version for programs', async () => {
    const { code, out } = await runOpsparkctl(['version', '-o', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ opsparkctl: expect.stringMatching(/^\d+\.\d+/), node: process.version });
  });

  it.each([[['frobnicate']], [['version', '--nonsense']], [['version', '-o', 'xml']]])(
    'ends %j with exit code 2 and one message',
    async (args) => {
      const { code, out, err } = await runOpsparkctl(args);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toMatch(/^error: .+\n/);
    },
  );
});
