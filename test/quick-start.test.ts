import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import type { SparkApplication } from '../api/sparkapplication.ts';
import { planApplication } from '../spark/submission/plan-application.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/quick-start.md');

describe('the quick start', () => {
  it('names the files of this version', () => {
    // Our own file.
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    const named = [...page.matchAll(/(?:spark-operator|spark-operator-image|sparkctl)-(\d+\.\d+\.\d+)\.(?:tgz|tar)/g)];
    // The line that upgrades needs a later one.
    const versions = new Set(named.map(([, found]) => found).filter((found) => found !== '0.2.0'));
    expect([...versions]).toEqual([version]);
  });

  it('sets values that the chart has', () => {
    // A mapping of mappings, as every values.yaml.
    const values = parse(read('charts/spark-operator/values.yaml')) as Readonly<Record<string, object>>;
    const keys = [...page.matchAll(/--set '?([A-Za-z.]+)=/g)].map(([, key = '']) => key);
    expect(keys.length).toBeGreaterThan(2);
    for (const key of keys) expect(values).toHaveProperty(key);
  });

  it('shows an application that is submitted without a complaint', () => {
    const [, manifest = ''] = /<<'EOF'\n([\s\S]*?)\nEOF/.exec(page) ?? [];
    // Checked below.
    const app = parse(manifest) as SparkApplication;
    const uid = '00000000-0000-4000-8000-000000000000';
    const plan = planApplication({
      app: { ...app, metadata: { ...app.metadata, uid } },
      podDefaults: [],
      attempt: 1,
      submissionId: uid,
      masterUrl: 'https://10.96.0.1:443',
      submitTime: 0,
    });
    expect(plan).toMatchObject({ lane: 'Native', warnings: [] });
  });
});
