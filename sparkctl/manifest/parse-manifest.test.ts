import { describe, expect, it } from '@jest/globals';

import { fieldPath } from './field-path.ts';
import { parseManifest } from './parse-manifest.ts';

const pi = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: pi
spec:
  driver:
    memory: 512m
    env:
      - name: A
        value: b
  sparkConf:
    spark.ui.port: "4041"
`;

describe('parseManifest', () => {
  const lines: Record<string, { given: string; want: string }> = {
    'a field has the line of its key': { given: 'spec.driver.memory', want: 'pi.yaml:7' },
    'a field in a list is found': { given: 'spec.driver.env[0].value', want: 'pi.yaml:10' },
    'a dotted key in brackets is found': { given: 'spec.sparkConf[spark.ui.port]', want: 'pi.yaml:12' },
    'a field that is not written has the line of its parent': { given: 'spec.driver.cores', want: 'pi.yaml:6' },
    'a field of nowhere has the line of the document': { given: 'status.x', want: 'pi.yaml:1' },
  };

  it.each(Object.entries(lines))('%s', (_name, { given, want }) => {
    expect(parseManifest('pi.yaml', pi)[0]?.where(given)).toBe(want);
  });

  it('several documents are numbered, empty ones count but hold nothing', () => {
    const documents = parseManifest('all.yaml', `${pi}---\n# nothing\n---\n${pi.replace('name: pi', 'name: two')}`);
    expect(documents.map(({ object }) => object.metadata.name)).toEqual(['pi', 'two']);
    expect(documents[1]?.where('metadata.name')).toBe('all.yaml:19 (document 3)');
  });

  it('a List counts as its items', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n- kind: A\n  apiVersion: v1\n  metadata:\n    name: a\n`;
    const [item] = parseManifest('l.yaml', list);
    expect(item?.object).toEqual({ kind: 'A', apiVersion: 'v1', metadata: { name: 'a' } });
    expect(item?.where('metadata.name')).toBe('l.yaml:7');
  });

  it('scalars mean what they mean to kubectl', () => {
    const [document] = parseManifest(
      's.yaml',
      `${pi}  a: 0644\n  b: yes\n  c: off\n  d: 2020-01-01\n  e: 1:30\n  f: 0o17\n`,
    );
    expect(document?.object).toMatchObject({ spec: { a: 420, b: true, c: false, d: '2020-01-01', e: '1:30', f: 15 } });
  });

  const refused: Record<string, { given: string; want: string }> = {
    'broken YAML': { given: 'a: [1\nb: 2\n', want: 'f.yaml:2: not valid YAML: ' },
    'a key written twice': { given: 'kind: A\nkind: B\n', want: 'f.yaml:2: not valid YAML: Map keys must be unique' },
    'nothing at all': { given: '# only a comment\n', want: 'f.yaml: no object in it; expected a SparkApplication' },
    text: { given: 'hello', want: 'f.yaml:1: not a Kubernetes object' },
    'no kind': { given: 'apiVersion: v1\n', want: 'f.yaml:1: kind is missing' },
    'no name': {
      given: 'apiVersion: v1\nkind: A\nmetadata:\n  labels: {}\n',
      want: 'f.yaml:3: metadata.name is missing',
    },
    'a name that is a number': {
      given: 'apiVersion: v1\nkind: A\nmetadata:\n  name: 12\n',
      want: 'f.yaml:4: metadata.name is missing, or is not text',
    },
  };

  it.each(Object.entries(refused))('%s is refused with its place', (_name, { given, want }) => {
    expect(() => parseManifest('f.yaml', given)).toThrow(want);
  });
});

describe('fieldPath', () => {
  const cases: Record<string, { given: string; want: readonly (string | number)[] }> = {
    'dots separate': { given: 'spec.driver', want: ['spec', 'driver'] },
    'a number in brackets is an index': { given: 'a[2].b', want: ['a', 2, 'b'] },
    'a key in brackets keeps its dots': { given: 'a[x.y/z]', want: ['a', 'x.y/z'] },
    'a quoted key is taken out of its quotes': { given: 'a["1"]', want: ['a', '1'] },
    'nothing is the object itself': { given: '', want: [] },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(fieldPath(given)).toEqual(want);
  });
});
