import { describe, expect, it } from '@jest/globals';

import { CommandError, run } from './run.ts';

const node = (script: string, options = {}) => run(process.execPath, ['-e', script], options);

describe('run', () => {
  it('gives what was printed', async () => {
    await expect(node('console.log("out"); console.error("err")')).resolves.toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('writes the input', async () => {
    await expect(node('process.stdin.pipe(process.stdout)', { input: 'text' })).resolves.toMatchObject({
      stdout: 'text',
    });
  });

  it('sets variables, and removes those that are undefined', async () => {
    const env = { GIVEN: 'yes', PATH: undefined };
    await expect(node('console.log(process.env.GIVEN, process.env.PATH)', { env })).resolves.toMatchObject({
      stdout: 'yes undefined\n',
    });
  });

  it('rejects with the code and the end of standard error', async () => {
    const failure = node('for (let i = 1; i <= 30; i++) console.error("line", i); process.exit(3)');
    await expect(failure).rejects.toMatchObject({ name: 'CommandError', code: 3 });
    await expect(failure).rejects.toThrow(/ended with code 3\nline 16\n(.*\n)*line 30$/);
  });

  it('rejects when the command does not exist', async () => {
    await expect(run('no-such-command-here', [])).rejects.toThrow(CommandError);
  });

  it('does not pass arguments through a shell', async () => {
    await expect(run('echo', ['$(whoami); `id`'])).resolves.toMatchObject({ stdout: '$(whoami); `id`\n' });
  });

  it('does not fail when a command leaves its input unread', async () => {
    await expect(node('0', { input: 'x'.repeat(1_000_000) })).resolves.toMatchObject({ stdout: '' });
  });
});
