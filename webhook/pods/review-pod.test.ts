import { describe, expect, it } from '@jest/globals';
import jsonPatch from 'fast-json-patch';
import type { Pod } from '../../api/kubernetes.ts';
import {
  LABEL_APP_NAME,
  LABEL_INJECT,
  LABEL_LAUNCHED_BY,
  LABEL_NAMESPACE_INJECT,
  LABEL_SPARK_ROLE,
} from '../../api/labels.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { anApp } from '../../test/builders.ts';
import { anAdmission, aReviewWorld } from '../../test/webhook-reviews.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import type { Verdict } from '../review/verdict.ts';
import { podFields } from './pod-fields.ts';
import { type PodWorld, reviewPod } from './review-pod.ts';

const own = { [LABEL_LAUNCHED_BY]: 'true', [LABEL_APP_NAME]: 'pi' };
const app = podFields(
  anApp({
    spec: {
      volumes: [{ name: 'data', emptyDir: {} }],
      executor: { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      driver: { env: [{ name: 'SITE', value: 'a' }] },
    },
  }),
);
const defaults: SparkPodDefaults = {
  apiVersion: 'sparkoperator.k8s.io/v1alpha1',
  kind: 'SparkPodDefaults',
  metadata: { name: 'site', namespace: 'operators', uid: 'd' },
  spec: { env: [{ name: 'SITE', value: 'default' }] },
};

const podOf = (labels: Readonly<Record<string, string>>, fields: object = {}): Pod => ({
  metadata: { name: 'a', labels },
  spec: { containers: [{ name: 'spark-kubernetes-driver', ...fields }] },
});

const judge = (pod: Pod, world: Partial<PodWorld> = {}, request: Partial<AdmissionRequest> = {}): Verdict =>
  // Every review of a pod answers at once.
  reviewPod(aReviewWorld({ application: () => app, selectDefaults: () => [defaults], ...world }))(
    anAdmission({ kind: 'Pod', object: { ...pod }, ...request }),
  ) as Verdict;

const patched = (pod: Pod, verdict: Verdict): Pod =>
  jsonPatch.applyPatch(structuredClone(pod), verdict.allowed ? [...(verdict.patch ?? [])] : []).newDocument;

const hasEnv = (pod: Pod): boolean => pod.spec?.containers[0]?.env?.some(({ name }) => name === 'SITE') === true;

const untouched: Record<string, { pod: Pod; world?: Partial<PodWorld>; request?: Partial<AdmissionRequest> }> = {
  'a pod out of scope': {
    pod: podOf({ ...own, [LABEL_SPARK_ROLE]: 'driver' }),
    world: { scope: { serves: () => false, servesDefaults: () => false } },
  },
  'an update': { pod: podOf({ ...own, [LABEL_SPARK_ROLE]: 'driver' }), request: { operation: 'UPDATE' } },
  'a pod of ours without application': {
    pod: podOf({ ...own, [LABEL_SPARK_ROLE]: 'driver' }),
    world: { application: () => undefined },
  },
  'a pod of ours that is neither driver nor executor': { pod: podOf({ ...own, [LABEL_SPARK_ROLE]: 'broker' }) },
  'an ordinary pod': { pod: podOf({ app: 'shop' }) },
  'an ordinary pod in a namespace that asks for defaults': {
    pod: podOf({ app: 'shop' }),
    world: { namespaceLabels: () => ({ [LABEL_NAMESPACE_INJECT]: 'enabled' }) },
  },
  'a Spark pod of others that did not ask': { pod: podOf({ [LABEL_SPARK_ROLE]: 'driver' }) },
  'a Spark pod that says no in a namespace that asks': {
    pod: podOf({ [LABEL_SPARK_ROLE]: 'driver', [LABEL_INJECT]: 'false' }),
    world: { namespaceLabels: () => ({ [LABEL_NAMESPACE_INJECT]: 'enabled' }) },
  },
};

describe('the review of a pod', () => {
  it.each(Object.entries(untouched))('leaves %s as it is', (_what, { pod, world, request }) => {
    const verdict = judge(pod, world, request);
    expect(verdict.allowed).toBe(true);
    expect(patched(pod, verdict)).toEqual(pod);
  });

  it('gives each role its own fields, and changes nothing the second time', () => {
    for (const role of ['driver', 'executor']) {
      const pod = podOf({ ...own, [LABEL_SPARK_ROLE]: role });
      const once = patched(pod, judge(pod));
      expect(hasEnv(once)).toBe(role === 'driver');
      expect(once.spec?.volumes?.some(({ name }) => name === 'data') === true).toBe(role === 'executor');
      expect(once.metadata?.labels).toEqual(pod.metadata?.labels);
      expect(judge(once)).toEqual({ allowed: true, patch: [] });
    }
  });

  it.each([
    ['by its label', { [LABEL_INJECT]: 'true' }, {}],
    ['by its label, as executor', { [LABEL_INJECT]: 'true', [LABEL_SPARK_ROLE]: 'executor' }, {}],
    ['by its namespace', { [LABEL_SPARK_ROLE]: 'executor' }, { [LABEL_NAMESPACE_INJECT]: 'enabled' }],
  ])('fills defaults into a foreign pod that asks %s', (_how, labels, namespaceLabels) => {
    const pod = podOf(labels);
    const once = patched(pod, judge(pod, { namespaceLabels: () => namespaceLabels }));
    expect(hasEnv(once)).toBe(true);
    expect(judge(once, { namespaceLabels: () => namespaceLabels })).toMatchObject({ patch: [] });
  });

  it('never fills defaults into pods of ours: the controller has', () => {
    const pod = podOf({ ...own, [LABEL_SPARK_ROLE]: 'executor', [LABEL_INJECT]: 'true' });
    expect(hasEnv(patched(pod, judge(pod)))).toBe(false);
  });

  it('names the default that lost', () => {
    const pod = podOf({ [LABEL_INJECT]: 'true' }, { env: [{ name: 'SITE', value: 'mine' }] });
    const verdict = judge(pod);
    expect(patched(pod, verdict)).toEqual(pod);
    expect(verdict.warnings?.join()).toMatch(/SparkPodDefaults operators\/site: driver env SITE .*the pod/);
  });

  it('lets a pod pass that it cannot read', () => {
    const pod = JSON.parse(JSON.stringify(podOf({ ...own, [LABEL_SPARK_ROLE]: 'driver' }))) as Pod;
    const verdict = judge(Object.assign({}, pod, { spec: { containers: 'none' } }));
    expect(verdict).toMatchObject({ allowed: true });
    expect(verdict.warnings?.join()).toMatch(/left this pod as it is/);
  });
});
