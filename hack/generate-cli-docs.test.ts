import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { manuals } from './generate-cli-docs.ts';

const page = (path: string): string => manuals().get(path) ?? '';

const commandsIn = (text: string): readonly string[] => [...text.matchAll(/^### (.+)$/gm)].map(([, name = '']) => name);

describe('the manuals', () => {
  it.each([...manuals()])('%s is what the commands say', (path, text) => {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  it.each([
    ['docs/sparkctl.md', 'sparkctl'],
    ['docs/opsparkctl.md', 'opsparkctl'],
  ])('%s has an example of every command', (path, program) => {
    const text = page(path);
    for (const name of commandsIn(text))
      expect(text).toMatch(new RegExp(`^${program} ${name} .*#|\\| ${program} ${name} |^${program} ${name} +#`, 'm'));
  });
});

describe('docs/sparkctl.md', () => {
  it('names every command, and no hidden flag', () => {
    const text = page('docs/sparkctl.md');
    expect(commandsIn(text)).toEqual([
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
    expect(text).not.toContain('--upload-to');
  });
});

describe('docs/opsparkctl.md', () => {
  it('names the flags that choose the cloud once, under a heading of their own', () => {
    const text = page('docs/opsparkctl.md');
    expect(text.match(/`--os-auth-url <url>`/g)).toHaveLength(1);
    expect(text).toContain('\n\nCloud options (each may be in clouds.yaml or an OS_* variable):\n\n| Flag |');
  });

  it('names all exit codes', () => {
    expect(page('docs/opsparkctl.md')).toMatch(/\| 9 \| a service cannot be reached/);
  });
});
