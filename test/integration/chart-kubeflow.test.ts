import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';

import { containers, objectsOf, render } from './chart.ts';

// Each rendering starts a process: on a busy machine that takes seconds.
jest.setTimeout(30_000);

const VALUES = join(import.meta.dirname, 'kubeflow-values.yaml');
const PAGE = join(import.meta.dirname, '../../docs/migration.md');

type Values = Readonly<Record<string, unknown>>;

// Parse boundary: a YAML map.
const kubeflow = async (): Promise<Values> => parse(await readFile(VALUES, 'utf8')) as Values;

const isMap = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** `a.b.c` for every value that is no map with keys of its own. */
const paths = (values: Values, prefix = ''): readonly string[] =>
  Object.entries(values).flatMap(([key, value]) =>
    isMap(value) ? paths(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );

/** Lays one value over others, at `a.b.c`. */
function withValue(values: Values, path: string, value: unknown): Values {
  const [key = '', ...rest] = path.split('.');
  const inner = values[key];
  return { ...values, [key]: rest.length === 0 ? value : withValue(isMap(inner) ? inner : {}, rest.join('.'), value) };
}

const refused: Record<string, { path: string; value: unknown; want: RegExp }> = {
  'a batch scheduler': { path: 'controller.batchScheduler.enable', value: true, want: /makes no pod groups/ },
  'Ingresses for the UIs': { path: 'controller.uiIngress.enable', value: true, want: /sparkctl forward/ },
  'budgets for drivers': {
    path: 'controller.driverPodDisruptionBudget.enable',
    value: true,
    want: /spark-role=driver/,
  },
  'a default life': { path: 'controller.defaultTimeToLiveSeconds', value: 60, want: /spec.timeToLiveSeconds/ },
  'a service that submits': {
    path: 'submitter.serviceUrl',
    value: 'http://submit',
    want: /submits applications itself/,
  },
  'no namespaces': { path: 'spark.jobNamespaces', value: [], want: /or \[""\] for all of them/ },
  'a typo': { path: 'controller.replica', value: 2, want: /replica/ },
};

describe("a values file of kubeflow's chart", () => {
  it('is accepted as it is, and runs this operator', async () => {
    const objects = objectsOf(await render(await kubeflow()));
    const operators = containers(objects).filter(({ name }) => name.startsWith('spark-operator-'));
    expect(operators.map(({ image }) => image)).toEqual(Array(2).fill('localhost/spark-operator:0.1.0'));
    expect(operators[1]?.args).toContain('--resource-quota-enforcement=off');
  });

  it('keeps the registry of a site that has its own', async () => {
    const values = withValue(await kubeflow(), 'image.registry', 'registry.example.org');
    const images = new Set(containers(objectsOf(await render(values))).map(({ image }) => image));
    expect([...images]).toEqual(['registry.example.org/spark-operator:0.1.0']);
  });

  it.each(Object.entries(refused))('is refused, with the way out, when it asks for %s', async (_name, given) => {
    await expect(render(withValue(await kubeflow(), given.path, given.value))).rejects.toThrow(given.want);
  });

  it('has a row in docs/migration.md for each key', async () => {
    const rows = [...(await readFile(PAGE, 'utf8')).matchAll(/^\| (`[^|]*?) +\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key),
    );
    const covered = (path: string): boolean =>
      rows.some((row) => (row.endsWith('.*') ? path.startsWith(row.slice(0, -1)) : row === path));
    expect(paths(await kubeflow()).filter((path) => !covered(path))).toEqual([]);
    expect(covered('controller.nothing')).toBe(false);
  });
});
