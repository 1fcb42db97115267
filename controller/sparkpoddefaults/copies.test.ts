import { describe, expect, it } from '@jest/globals';
import type { Secret } from '../../api/kubernetes.ts';
import type { SparkPodDefaults, SparkPodDefaultsSpec, SparkPodDefaultsStatus } from '../../api/sparkpoddefaults.ts';
import { copyOf, isCopy, repairOf, type Place } from './copy.ts';
import { copyReport } from './copy-report.ts';
import { statusOf } from './ready.ts';
import { wantedCopies, type WantedCopy } from './wanted-copies.ts';

const SITE = 'site';
const NOW = Date.parse('2026-01-01T12:00:00Z');

const defaults = (
  name: string,
  spec: SparkPodDefaultsSpec,
  { namespace = SITE, status }: { readonly namespace?: string; readonly status?: SparkPodDefaultsStatus } = {},
): SparkPodDefaults => ({
  apiVersion: 'sparkoperator.k8s.io/v1alpha1',
  kind: 'SparkPodDefaults',
  metadata: { name, namespace, uid: `uid-of-${name}`, generation: 1 },
  spec,
  ...(status === undefined ? {} : { status }),
});

const s3: SparkPodDefaultsSpec = { propagate: true, secrets: [{ name: 's3', path: '/s3' }] };
const teamA = { name: 'team-a', labels: { team: 'a' } };

describe('wantedCopies', () => {
  const cases: Record<
    string,
    {
      readonly given: readonly SparkPodDefaults[];
      readonly target?: typeof teamA;
      readonly want: readonly WantedCopy[];
    }
  > = {
    'are those of the operator’s namespace that say propagate': {
      given: [defaults('b', s3), defaults('a', s3), defaults('c', { ...s3, propagate: false })],
      want: [{ kind: 'Secret', name: 's3', by: ['site/a', 'site/b'] }],
    },
    'are never those of another namespace': { given: [defaults('a', s3, { namespace: 'team-a' })], want: [] },
    'follow the selector of namespaces': {
      given: [defaults('a', { ...s3, namespaceSelector: { matchLabels: { team: 'b' } } })],
      want: [],
    },
    'never go to a system namespace': {
      given: [defaults('a', s3)],
      target: { name: 'kube-system', labels: { team: 'a' } },
      want: [],
    },
    'never go to the namespace they come from': {
      given: [defaults('a', s3)],
      target: { name: SITE, labels: { team: 'a' } },
      want: [],
    },
  };
  it.each(Object.entries(cases))('%s', (_name, { given, target = teamA, want }) => {
    expect(wantedCopies(given, target, SITE)).toEqual(want);
  });
});

describe('a copy', () => {
  const place: Place = { namespace: 'team-a', operatorNamespace: SITE };
  const wanted: WantedCopy = { kind: 'Secret', name: 's3', by: ['site/a'] };
  const content = { type: 'Opaque', data: { key: 'dmFsdWU=' } };
  const copy: Secret = { ...copyOf(wanted, content, place) };
  const there = (change: Partial<Secret>): Secret => ({
    ...copy,
    ...change,
    metadata: { ...copy.metadata, ...change.metadata, resourceVersion: '7' },
  });

  it('is known by its marks, and only as that of its own original', () => {
    expect(isCopy(copy, 's3', place)).toBe(true);
    expect(isCopy(copy, 's3', { ...place, operatorNamespace: 'another-site' })).toBe(false);
    expect(isCopy({ ...copy, metadata: { ...copy.metadata, labels: {} } }, 's3', place)).toBe(false);
  });

  const repairs: Record<string, { readonly given: Secret; readonly want: object }> = {
    'that is right is left alone, with the labels that others put on it': {
      given: there({ metadata: { labels: { ...copy.metadata?.labels, theirs: 'x' } } }),
      want: { kind: 'None' },
    },
    'that was edited is patched, on the version that was read': {
      given: there({ data: { key: 'b3RoZXI=', more: 'eA==' } }),
      want: { kind: 'Patch', patch: { data: { key: 'dmFsdWU=', more: null }, metadata: { resourceVersion: '7' } } },
    },
    'whose type differs is made anew': { given: there({ type: 'kubernetes.io/tls' }), want: { kind: 'Replace' } },
    'that was made immutable is made anew': {
      given: there({ immutable: true, data: { key: 'b3RoZXI=' } }),
      want: { kind: 'Replace' },
    },
  };
  it.each(Object.entries(repairs))('%s', (_name, { given, want }) => {
    expect(repairOf(given, wanted, content, place)).toEqual(want);
  });

  it('changes its label when another one asks for it', () => {
    const repair = repairOf(there({}), { ...wanted, by: ['site/b'] }, content, place);
    expect(repair).toMatchObject({ kind: 'Patch', patch: { metadata: { labels: expect.anything() } } });
  });
});

describe('the status of defaults', () => {
  const copied = new Map([['Secret/s3', { kind: 'Copied' } as const]]);
  const taken = new Map([['Secret/s3', { kind: 'NameTaken', message: 'Secret s3 is not ours' } as const]]);
  const teamB = { name: 'team-b', labels: {} };
  const report = (object: SparkPodDefaults, known: ReadonlyMap<string, typeof copied | typeof taken>) =>
    statusOf(object, { now: NOW, violations: [], copies: copyReport(object, [teamA, teamB], SITE, known) });
  const ready = {
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'Propagated',
        message: '2 copies in 2 namespaces',
        lastTransitionTime: '2026-01-01T11:00:00Z',
        observedGeneration: 1,
      },
    ],
    observedGeneration: 1,
    propagatedTo: ['team-a', 'team-b'],
  } as const;

  it('names the namespaces that hold copies, and stays the same while nothing changes', () => {
    const known = new Map([
      ['team-a', copied],
      ['team-b', copied],
    ]);
    const fresh = report(defaults('a', s3), known);
    expect(fresh).toMatchObject({
      conditions: [{ status: 'True', reason: 'Propagated' }],
      propagatedTo: ['team-a', 'team-b'],
    });
    expect(report(defaults('a', s3, { status: ready }), known)).toEqual(ready);
  });

  it('tells the first problem as the reason, and which namespaces are well', () => {
    const known = new Map<string, typeof copied | typeof taken>([
      ['team-a', copied],
      ['team-b', taken],
    ]);
    expect(report(defaults('a', s3), known)).toMatchObject({
      conditions: [{ status: 'False', reason: 'NameTaken', message: 'Secret s3 is not ours' }],
      propagatedTo: ['team-a'],
    });
  });

  it('stays what it was while a new process looks at all namespaces', () => {
    expect(report(defaults('a', s3, { status: ready }), new Map([['team-a', copied]]))).toEqual(ready);
  });

  it('says that copies are being made, when nothing was said before', () => {
    const status = report(defaults('a', s3), new Map());
    expect(status).toMatchObject({ conditions: [{ status: 'Unknown', reason: 'Propagating' }] });
    expect(status.propagatedTo).toBeUndefined();
  });

  it('names what is wrong with the specification first', () => {
    const violations = [{ field: 'spec.volumes', message: 'has two entries "x"', rule: 'volumes' }];
    expect(statusOf(defaults('a', s3), { now: NOW, violations })).toMatchObject({
      conditions: [{ status: 'False', reason: 'Invalid', message: 'spec.volumes: has two entries "x"' }],
    });
  });
});
