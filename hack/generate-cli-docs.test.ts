import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cliDocs } from './generate-cli-docs.ts';

describe('docs/sparkctl.md', () => {
  it('is what the commands say', () => {
    const committed = readFileSync(new URL('../docs/sparkctl.md', import.meta.url), 'utf8');
    expect(committed).toBe(cliDocs());
  });

  it('names every command with an example, and no hidden flag', () => {
    const text = cliDocs();
    const commands = [...text.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(commands).toEqual([
      'create',
      'list',
      'status',
      'log',
      'event',
      'forward',
      'delete',
      'explain-defaults',
      'setup namespace',
      'version',
    ]);
    for (const name of commands)
      expect(text).toMatch(new RegExp(`^sparkctl ${name ?? ''} .*#|\\| sparkctl ${name ?? ''} `, 'm'));
    expect(text).not.toContain('--upload-to');
  });
});
