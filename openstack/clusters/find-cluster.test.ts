import { describe, expect, it } from '@jest/globals';

import type { Ask } from '../../terminal/ask.ts';
import type { Cluster } from '../container-infra/magnum.ts';
import { OpenStackError, type OpenStackFailure } from '../openstack-error.ts';
import { findCluster, type Remembered } from './find-cluster.ts';

const aCluster = (name: string, uuid: string): Cluster => ({
  uuid,
  name,
  status: 'CREATE_COMPLETE',
  cluster_template_id: 't',
  node_count: 1,
  master_count: 1,
});

const refused = (failure: OpenStackFailure, status: number): OpenStackError =>
  new OpenStackError({
    failure,
    status,
    service: 'container-infra',
    method: 'GET',
    path: '/v1/clusters/x',
    said: 'no',
    requestId: undefined,
  });

/** Magnum's way with names: 404 for none, 409 for several. */
const magnumWith = (clusters: readonly Cluster[]) => ({
  clusters: async () => clusters,
  cluster: async (ident: string) => {
    const fitting = clusters.filter(({ name, uuid }) => name === ident || uuid === ident);
    if (fitting.length > 1) throw refused('Conflict', 409);
    const [found] = fitting;
    if (found === undefined) throw refused('NotFound', 404);
    return found;
  },
});

const choosing = (which: number): Ask => ({
  choose: async (_question, choices) => {
    const choice = choices[which];
    if (choice === undefined) throw new Error('no such choice');
    return choice.value;
  },
  text: async () => '',
  secret: async () => '',
  confirm: async () => true,
});

const demo = aCluster('demo', 'u-demo');
const prod = aCluster('prod', 'u-prod');
const twin = aCluster('demo', 'u-twin');

interface Case {
  readonly clusters: readonly Cluster[];
  readonly ident?: string;
  readonly remembered?: readonly Remembered[];
  readonly ask?: Ask;
}

const find = ({ clusters, ident, remembered, ask }: Case): Promise<Cluster> =>
  findCluster({ ask }, magnumWith(clusters), ident, remembered);

describe('a cluster is found', () => {
  const cases: Record<string, { given: Case; want: string }> = {
    'by its name': { given: { clusters: [demo, prod], ident: 'prod' }, want: 'u-prod' },
    'by its UUID': { given: { clusters: [demo, twin], ident: 'u-twin' }, want: 'u-twin' },
    'as the remembered one of several of a name': {
      given: { clusters: [demo, twin], ident: 'demo', remembered: [{ name: 'demo', uuid: 'u-twin' }] },
      want: 'u-twin',
    },
    'as the only one of the project': { given: { clusters: [demo] }, want: 'u-demo' },
    'as the only remembered one': {
      given: { clusters: [demo, prod], remembered: [{ name: 'prod', uuid: 'u-prod' }] },
      want: 'u-prod',
    },
    'not as a remembered one that is gone': {
      given: { clusters: [demo, prod], remembered: [{ name: 'old', uuid: 'u-old' }], ask: choosing(0) },
      want: 'u-demo',
    },
    'by a menu': { given: { clusters: [demo, prod], ask: choosing(1) }, want: 'u-prod' },
  };

  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect((await find(given)).uuid).toBe(want);
  });
});

describe('a cluster is not found', () => {
  const cases: Record<string, { given: Case; want: { exitCode: number; message: string } }> = {
    'of an unknown name, with the nearest': {
      given: { clusters: [demo, prod], ident: 'dmo' },
      want: { exitCode: 5, message: 'no cluster "dmo": is it "demo"?' },
    },
    'of a name that nothing resembles': {
      given: { clusters: [demo, prod], ident: 'elsewhere' },
      want: { exitCode: 5, message: '"opsparkctl status" lists the 2 of the project' },
    },
    'of a name in an empty project': {
      given: { clusters: [], ident: 'demo' },
      want: { exitCode: 5, message: 'the project has none; is it the right one (--project)?' },
    },
    'when the name fits several': {
      given: { clusters: [demo, twin], ident: 'demo' },
      want: { exitCode: 6, message: 'u-demo  demo  CREATE_COMPLETE\n  u-twin' },
    },
    'when several are remembered of one name': {
      given: {
        clusters: [demo, twin],
        ident: 'demo',
        remembered: [demo, twin].map(({ name, uuid }) => ({ name, uuid })),
      },
      want: { exitCode: 6, message: 'give the UUID' },
    },
    'when none is named and nobody can be asked': {
      given: { clusters: [demo, prod] },
      want: { exitCode: 2, message: 'name one of them\n  u-demo  demo' },
    },
    'when there is none at all': {
      given: { clusters: [] },
      want: { exitCode: 5, message: 'create kube NAME' },
    },
  };

  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    await expect(find(given)).rejects.toMatchObject({
      exitCode: want.exitCode,
      message: expect.stringContaining(want.message),
    });
  });
});
