import { describe, expect, it } from '@jest/globals';

import type { SparkApplication } from '../../api/sparkapplication.ts';
import {
  applicationCounts,
  applicationFinding,
  historyFinding,
  nodeFacts,
  nodeFinding,
  programFacts,
  programFindings,
  storageFinding,
  type SeenDeployment,
  type SeenNode,
} from './kubernetes-findings.ts';

const node = (name: string, ready: 'True' | 'False' | 'Unknown', unschedulable = false): SeenNode => ({
  metadata: { name },
  spec: { unschedulable },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});

describe('nodes', () => {
  const cases: Record<string, { given: SeenNode[]; want: { level: string; said: string } }> = {
    'all ready': { given: [node('a', 'True'), node('b', 'True')], want: { level: 'ok', said: '2 of 2 ready' } },
    'one lost': {
      given: [node('a', 'True'), node('b', 'Unknown')],
      want: { level: 'warning', said: '1 of 2 ready; not: b' },
    },
    'one cordoned': { given: [node('a', 'True', true)], want: { level: 'warning', said: '1 of 1 ready; cordoned: a' } },
    'none ready': { given: [node('a', 'False')], want: { level: 'problem', said: '0 of 1 ready; not: a' } },
    'none at all': { given: [], want: { level: 'problem', said: '0 of 0 ready' } },
    'many lost': {
      given: [node('a', 'True'), ...['b', 'c', 'd', 'e', 'f', 'g'].map((name) => node(name, 'False'))],
      want: { level: 'warning', said: '1 of 7 ready; not: b, c, d, e, f and 1 more' },
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(nodeFinding(nodeFacts(given))).toMatchObject(want);
  });
});

const deployment = (
  component: string,
  ready: number,
  replicas = 2,
  chart = 'spark-operator-0.1.0',
): SeenDeployment => ({
  metadata: {
    name: component,
    namespace: 'spark-operator',
    labels: {
      'app.kubernetes.io/component': component,
      'app.kubernetes.io/instance': 'spark',
      'app.kubernetes.io/version': '0.1.0',
      'helm.sh/chart': chart,
    },
  },
  spec: { replicas },
  status: { readyReplicas: ready },
});

describe('programs of the chart', () => {
  const cases: Record<string, { given: SeenDeployment[]; want: object[] }> = {
    'well, each with its name': {
      given: [deployment('controller', 2), deployment('webhook', 2), deployment('history-server', 1, 1)],
      want: [
        { check: 'operator', level: 'ok', said: '2 of 2 pods ready, version 0.1.0, release spark in spark-operator' },
        { check: 'webhook', level: 'ok' },
        { check: 'history server', level: 'ok' },
      ],
    },
    'without a pod that is ready': {
      given: [deployment('controller', 0)],
      want: [{ check: 'operator', level: 'problem', remedy: 'kubectl -n spark-operator get pods' }],
    },
    'not whole': { given: [deployment('webhook', 1)], want: [{ check: 'webhook', level: 'warning' }] },
    'switched off': { given: [deployment('controller', 0, 0)], want: [{ check: 'operator', level: 'warning' }] },
    "another chart's do not count": {
      given: [deployment('controller', 1, 1, 'cert-manager-1.0.0')],
      want: [{ check: 'operator', level: 'warning', said: 'not installed' }],
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(programFindings(programFacts(given), 'demo')).toEqual(want.map((one) => expect.objectContaining(one)));
  });

  it('are installed by a command that is named', () => {
    expect(programFindings([], 'demo')[0]?.remedy).toBe('opsparkctl create spark --cluster demo');
  });
});

// The counting reads the state alone.
const inState = (state: string): SparkApplication => ({ status: { applicationState: { state } } }) as SparkApplication;

describe('applications', () => {
  it('are counted by state, and a new one has one', () => {
    const counts = applicationCounts(['RUNNING', 'FAILED', 'RUNNING', ''].map(inState));
    expect(counts).toEqual({ RUNNING: 2, FAILED: 1, NEW: 1 });
    expect(applicationFinding(counts)).toEqual({
      check: 'applications',
      level: 'ok',
      said: '1 FAILED, 1 NEW, 2 RUNNING',
    });
    expect(applicationFinding({}).said).toBe('none');
  });
});

describe('history and storage', () => {
  it('are told by their addresses', () => {
    const service = { service: 'h', type: 'NodePort' };
    expect(historyFinding({ ...service, url: 'http://n:31000', how: '' }).said).toBe('http://n:31000');
    expect(historyFinding({ ...service, type: 'ClusterIP', url: undefined, how: 'kubectl port-forward' }).said).toBe(
      'ClusterIP: kubectl port-forward',
    );
    expect(historyFinding(undefined).said).toBe('no history server');
    expect(storageFinding({ bucket: 'b', endpoint: 'https://s3' }).said).toBe('bucket b at https://s3');
    expect(storageFinding({}).said).toBe('no bucket of ours');
  });
});
