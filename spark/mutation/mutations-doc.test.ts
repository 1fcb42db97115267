import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mutators } from './mutate-pod.ts';

const docs = new URL('../../docs/', import.meta.url);
const text = readFileSync(new URL('mutations.md', docs), 'utf8');

/** The cells of each row of the table below a heading. */
function rowsBelow(heading: string): string[][] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const lines = own.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** The test of a row: `[file](path): _title_` in its last cell. */
function testOf(row: readonly string[]): NamedTest {
  const [, file = '', title = ''] = /^\[[^\]]+\]\(([^)]+)\): _(.+)_$/.exec(row.at(-1) ?? '') ?? [];
  return { file, title };
}

const list = rowsBelow('The list');
const defaults = rowsBelow('SparkPodDefaults');

describe('docs/mutations.md', () => {
  it('has a row for each mutation, in the order of the list', () => {
    expect(list.map(([number, name]) => [number, /`(\w+)`/.exec(name ?? '')?.[1]])).toEqual(
      mutators.map((mutator, index) => [String(index + 1), mutator.name]),
    );
  });

  it('says of each what wins and how it reaches executors', () => {
    const cells = [...list.map((row) => row.slice(3)), ...defaults];
    expect(cells.filter((row) => row.includes(''))).toEqual([]);
    expect(defaults.length).toBeGreaterThan(0);
  });

  it.each([...list, ...defaults].map((row): [string, NamedTest] => [row[1] ?? '', testOf(row)]))(
    'names a test of %s that exists',
    (_name, { file, title }) => {
      expect(file).toMatch(/\.test\.ts$/);
      expect(readFileSync(new URL(file, docs), 'utf8')).toContain(`'${title}'`);
    },
  );
});
