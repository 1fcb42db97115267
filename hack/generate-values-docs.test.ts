import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { valuesDocs } from './generate-values-docs.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('docs/values.md', () => {
  it('is what values.yaml says', () => {
    expect(read('../docs/values.md')).toBe(valuesDocs(read('../charts/spark-operator/values.yaml')));
  });

  it('has a row for each value, under the heading of its group', () => {
    const text = valuesDocs(
      [
        '# Of the file.',
        '',
        '# -- Stands alone | here.',
        "one: ''",
        '# What the group is.',
        'group:',
        '  # -- First,',
        '  # in two lines.',
        '  first: 1',
        '  inner:',
        '    # -- A map that is a value.',
        '    second:',
        '      a: [b]',
      ].join('\n'),
    );
    expect(text.split('\n\n').slice(3)).toEqual([
      '## For the whole chart',
      '| value | default | meaning |\n| --- | --- | --- |\n| `one` | `""` | Stands alone \\| here. |',
      '## group',
      'What the group is.',
      [
        '| value | default | meaning |',
        '| --- | --- | --- |',
        '| `group.first` | `1` | First, in two lines. |',
        '| `group.inner.second` | `{"a":["b"]}` | A map that is a value. |\n',
      ].join('\n'),
    ]);
  });
});
