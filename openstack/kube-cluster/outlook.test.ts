import { describe, expect, it } from '@jest/globals';

import type { Cluster } from '../container-infra/magnum.ts';
import { outlookOf, type Outlook } from './outlook.ts';

const base: Cluster = {
  uuid: 'u',
  name: 'demo',
  status: '',
  cluster_template_id: 't',
  node_count: 1,
  master_count: 1,
};

const ready: Outlook = { kind: 'ready', warning: undefined };

describe('what a status means for whoever waits', () => {
  const cases: Record<string, { given: Partial<Cluster>; want: Outlook }> = {
    'is built': { given: { status: 'CREATE_IN_PROGRESS' }, want: { kind: 'working', note: 'create in progress' } },
    'is built, and the driver says how it goes': {
      given: { status: 'CREATE_IN_PROGRESS', status_reason: 'Stack CREATE\n started' },
      want: { kind: 'working', note: 'create in progress: Stack CREATE started' },
    },
    "never fails with vexxhost's driver, but is ill": {
      given: {
        status: 'CREATE_IN_PROGRESS',
        health_status: 'UNHEALTHY',
        health_status_reason: { api: 'ok', 'node-0.Ready': 'False' },
      },
      want: { kind: 'working', note: 'create in progress, node-0.Ready: False' },
    },
    'is there': { given: { status: 'CREATE_COMPLETE' }, want: ready },
    'was changed': { given: { status: 'UPDATE_COMPLETE' }, want: ready },
    'was rolled back': { given: { status: 'ROLLBACK_COMPLETE' }, want: ready },
    'was checked, in old servers': { given: { status: 'CHECK_COMPLETE' }, want: ready },
    'is being changed': {
      given: { status: 'UPDATE_IN_PROGRESS' },
      want: { kind: 'working', note: 'update in progress' },
    },
    failed: { given: { status: 'CREATE_FAILED' }, want: { kind: 'failed' } },
    'is there, though a later change failed': {
      given: { status: 'UPDATE_FAILED', status_reason: 'Quota exceeded' },
      want: { kind: 'ready', warning: 'the last change of the cluster ended as UPDATE_FAILED: Quota exceeded' },
    },
    'is being deleted': { given: { status: 'DELETE_IN_PROGRESS' }, want: { kind: 'leaving' } },
    'could not be deleted': { given: { status: 'DELETE_FAILED' }, want: { kind: 'leaving' } },
    'has a status of the future': {
      given: { status: 'HEALING' },
      want: { kind: 'working', note: 'healing' },
    },
  };

  it.each(Object.entries(cases))('it %s', (_name, { given, want }) => {
    expect(outlookOf({ ...base, ...given })).toEqual(want);
  });

  it("cuts a driver's pages", () => {
    const outlook = outlookOf({ ...base, status: 'CREATE_IN_PROGRESS', status_reason: 'x'.repeat(5000) });
    expect(outlook.kind === 'working' ? outlook.note.length : 0).toBeLessThan(130);
  });
});
