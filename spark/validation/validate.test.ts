import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { withDefaults } from '../defaulting.ts';
import { rules, validate } from './validate.ts';

describe('validate', () => {
  it('finds nothing wrong with a valid application, with and without its defaults', () => {
    expect([...validate(anApp()), ...validate(withDefaults(anApp()))]).toEqual([]);
  });

  it('finds nothing wrong with the least that can be said', () => {
    const spec = { mainApplicationFile: 'local:///pi.py', image: 'spark' };
    expect(validate({ ...anApp(), spec })).toEqual([]);
  });

  const manifests = ['examples', 'test/integration/manifests'].flatMap((folder) =>
    readdirSync(new URL(`../../${folder}/`, import.meta.url))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => `${folder}/${file}`),
  );
  it.each(manifests)('finds nothing wrong with %s', (path) => {
    const documents = parseAllDocuments(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
    // What the API server took: test/integration/crds.test.ts applies the same files.
    const objects = documents.map((document) => document.toJS() as SparkApplication);
    const applications = objects.filter(({ kind }) => kind === 'SparkApplication');
    expect(applications.flatMap(validate)).toEqual([]);
  });

  it('names the rule, the field and what to do', () => {
    expect(validate(anApp({ spec: { driver: { memory: '512Mi' } } }))).toEqual([
      { rule: 'memoryNotJava', field: 'spec.driver.memory', message: expect.stringContaining('512m') },
    ]);
  });

  it('reports everything at once', () => {
    const app = anApp({ name: 'No Name', spec: { mode: 'client', driver: { cores: 0 } } });
    expect(validate(app).map(({ rule }) => rule)).toEqual(['nameNotLabel', 'clientMode', 'coresNotPositive']);
  });

  it('has a test for each rule', () => {
    const folder = new URL('.', import.meta.url);
    const tests = readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
    const text = tests.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('');
    expect(Object.keys(rules).filter((rule) => !text.includes(rule))).toEqual([]);
  });
});
