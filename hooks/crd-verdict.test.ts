import { describe, expect, it } from '@jest/globals';
import type { CustomResourceDefinition } from './crd.ts';
import { notEstablished } from './crd.ts';
import { crdVerdict } from './crd-verdict.ts';

interface Shape {
  readonly versions?: readonly string[];
  readonly stored?: readonly string[];
  readonly scope?: string;
  readonly deleted?: boolean;
  readonly conditions?: Readonly<Record<string, string>>;
}

function crd({ versions = ['v1beta2'], stored = versions, ...rest }: Shape = {}): CustomResourceDefinition {
  const { scope = 'Namespaced', deleted = false, conditions = {} } = rest;
  return {
    metadata: { name: 'sparks.example', ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}) },
    spec: {
      group: 'example',
      scope,
      names: { kind: 'Spark', plural: 'sparks' },
      versions: versions.map((name) => ({ name, served: true })),
    },
    status: {
      storedVersions: stored,
      conditions: Object.entries(conditions).map(([type, status]) => ({
        type,
        status,
        message: `${type} is ${status}`,
      })),
    },
  };
}

describe('crdVerdict', () => {
  const cases: Record<string, { readonly given: Shape | undefined; readonly want: string; readonly says?: string }> = {
    'creates what is not there': { given: undefined, want: 'Create' },
    'updates the same version': { given: {}, want: 'Update' },
    'updates a newer definition as long as nothing is stored in its new version': {
      given: { versions: ['v1', 'v1beta2'], stored: ['v1beta2'] },
      want: 'Update',
    },
    'leaves a newer definition in whose version objects are stored': {
      given: { versions: ['v1', 'v1beta2'], stored: ['v1beta2', 'v1'] },
      want: 'Leave',
      says: 'may be stored as v1, which this release does not know',
    },
    'refuses a definition that cannot serve our version': {
      given: { versions: ['v1beta1'] },
      want: 'Refuse',
      says: 'v1beta2 is not served: migrate the objects and remove v1beta1 from status.storedVersions',
    },
    'refuses another scope': { given: { scope: 'Cluster' }, want: 'Refuse', says: 'has scope Cluster' },
    'refuses what is being deleted': { given: { deleted: true }, want: 'Refuse', says: 'is being deleted' },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, want, says = '' }) => {
    const verdict = crdVerdict(given === undefined ? undefined : crd(given), crd());
    expect(verdict.kind).toBe(want);
    expect('reason' in verdict ? verdict.reason : '').toContain(says);
  });
});

describe('notEstablished', () => {
  const cases: Record<string, { readonly given: Shape['conditions']; readonly want: string | undefined }> = {
    served: { given: { NamesAccepted: 'True', Established: 'True' }, want: undefined },
    'names taken': { given: { NamesAccepted: 'False', Established: 'False' }, want: 'NamesAccepted is False' },
    installing: { given: { Established: 'False' }, want: 'Established is False' },
    new: { given: {}, want: 'not established yet' },
  };
  it.each(Object.entries(cases))('%s', (_name, { given = {}, want }) => {
    expect(notEstablished(crd({ conditions: given }))).toBe(want);
  });
});
