import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../../hack/cluster/control-plane.ts';
import { run } from '../../hack/run.ts';
import { objectsOf, render, type Rendered } from './chart.ts';

const LISTS = join(import.meta.dirname, 'can-i');
/** The operator's namespace and a job namespace. */
const NAMESPACES = ['spark-operator', 'team-a'];
/** Neither of the two: what is allowed there is allowed everywhere. */
const ELSEWHERE = 'elsewhere';

/** Installations whose rights are committed, file by file. `UPDATE_CAN_I=1` writes the files anew. */
const installations: Record<string, object> = {
  default: { spark: { jobNamespaces: ['team-a'] } },
  propagate: {
    spark: { jobNamespaces: ['team-a'] },
    podDefaults: { propagate: { secrets: ['s3'], configMaps: ['hadoop'] } },
  },
  selector: {
    spark: { jobNamespaces: ['team-a'], jobNamespaceSelector: 'spark=enabled' },
    podDefaults: { propagate: { secrets: ['s3'] } },
  },
  openstack: { spark: { jobNamespaces: ['team-a'] }, openstack: { enabled: true, cleanup: true } },
  all: { spark: { jobNamespaces: [''] } },
};

describe('what each service account of the chart may do, as the API server lists it', () => {
  let controlPlane: ControlPlane;
  let everyone: readonly string[];

  const kubectl = async (args: readonly string[], input = ''): Promise<string> =>
    (await run(kubectlPath(), args, { env: { KUBECONFIG: controlPlane.kubeconfig }, input })).stdout;

  /** The lines of `kubectl auth can-i --list` in a fixed order, without its heading and with single blanks. */
  const rightsOf = async (account: string, namespace: string): Promise<readonly string[]> => {
    const who = ['--as', `system:serviceaccount:${account}`, '--as-group', 'system:serviceaccounts'];
    const groups = ['--as-group', 'system:authenticated', '--as-group', 'system:serviceaccounts:spark-operator'];
    const listed = await kubectl(['auth', 'can-i', '--list', '--no-headers', '-n', namespace, ...who, ...groups]);
    return listed
      .trimEnd()
      .split('\n')
      .map((line) => withSortedVerbs(line.trim().replaceAll(/\s+/g, ' ')))
      .sort();
  };

  const sectionsOf = async (account: string): Promise<readonly string[]> => {
    const everywhere = (await rightsOf(account, ELSEWHERE)).filter((right) => !everyone.includes(right));
    const section = (where: string, rights: readonly string[]): readonly string[] =>
      rights.length === 0 ? [] : [[`${account} ${where}`, ...rights].join('\n  ')];
    const sections = [...section('everywhere', everywhere)];
    for (const namespace of NAMESPACES) {
      const known = [...everyone, ...everywhere];
      const more = (await rightsOf(account, namespace)).filter((right) => !known.includes(right));
      sections.push(...section(`in ${namespace}`, more));
    }
    return sections;
  };

  const pageOf = async (values: object): Promise<string> => {
    const objects = [...objectsOf(await render(values)).values()];
    const rbac = objects.filter(({ kind }) => /^(ServiceAccount|(Cluster)?Role(Binding)?)$/.test(kind));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: rbac });
    await kubectl(['apply', '-f', '-'], list);
    try {
      const accounts = rbac.filter(({ kind }) => kind === 'ServiceAccount').map(accountOf);
      const sections: string[] = [];
      for (const account of accounts.sort()) sections.push(...(await sectionsOf(account)));
      return `${sections.join('\n\n')}\n`;
    } finally {
      await kubectl(['delete', '-f', '-'], list);
    }
  };

  beforeAll(async () => {
    controlPlane = await startControlPlane({ name: 'can-i' });
    for (const name of [...NAMESPACES, ELSEWHERE]) await kubectl(['create', 'namespace', name]);
    everyone = await rightsOf('spark-operator:nobody', ELSEWHERE);
  }, 120_000);

  afterAll(async () => {
    await controlPlane.stop();
  });

  it.each(Object.entries(installations))(
    'with the values "%s": the committed list, and no Secrets cluster-wide',
    async (name, values) => {
      const page = await pageOf(values);
      const file = join(LISTS, `${name}.txt`);
      if (process.env['UPDATE_CAN_I'] !== undefined) await writeFile(file, page);
      expect(page).toBe(await readFile(file, 'utf8'));
      for (const section of page.split('\n\n').filter((text) => text.includes(' everywhere\n')))
        expect(section).not.toMatch(/^ *secrets /m);
    },
    60_000,
  );
});

const accountOf = ({ metadata: { namespace = '', name } }: Rendered): string => `${namespace}:${name}`;

/** Verbs of two rules for one thing come in the order in which the API server found the rules. */
const withSortedVerbs = (line: string): string =>
  line.replace(/\[([^\]]*)\]$/, (_brackets, verbs: string) => `[${verbs.split(' ').sort().join(' ')}]`);
