import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { anAdmission, aReviewWorld } from '../../test/webhook-reviews.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import type { Verdict } from '../review/verdict.ts';
import { type ApplicationWorld, reviewApplication } from './review-application.ts';

const full = [{ metadata: { name: 'small' }, status: { hard: { pods: '1' }, used: { pods: '1' } } }];

interface Given {
  readonly world?: Partial<ApplicationWorld>;
  readonly spec?: Partial<SparkApplicationSpec>;
  readonly request?: Partial<AdmissionRequest>;
}

const judge = async ({ world = {}, spec = {}, request = {} }: Given): Promise<Verdict> =>
  reviewApplication(aReviewWorld(world))(anAdmission({ object: { ...anApp({ spec }) }, ...request }));

const rulesOf = (verdict: Verdict): readonly string[] =>
  verdict.allowed ? [] : verdict.violations.map(({ rule }) => rule);

const wrong = { sparkConf: { 'spark.kubernetes.namespace': 'other' } };
const asAdmin = { driver: { serviceAccount: 'admin' } };

const cases: Record<string, { given: Given; want: object; rules?: readonly string[]; warned?: RegExp }> = {
  'a valid application passes': { given: {}, want: { allowed: true } },
  'everything that is wrong is told at once': {
    given: { spec: { ...wrong, driver: { memory: 'much' } } },
    want: { allowed: false, reason: 'Invalid' },
    rules: ['namespaceOfOthers', 'memoryNotJava'],
  },
  'a namespace out of scope is left alone': {
    given: { spec: wrong, world: { scope: { serves: () => false, servesDefaults: () => true } } },
    want: { allowed: true },
  },
  'an edit of labels passes, whatever the specification': {
    given: { spec: wrong, request: { operation: 'UPDATE', oldObject: { ...anApp({ spec: wrong }) } } },
    want: { allowed: true },
  },
  'a key of prototypes is refused': {
    given: { request: { hadProto: true } },
    want: { allowed: false, reason: 'Invalid' },
    rules: ['protoKey'],
  },
  'a full quota is warned of': {
    given: { world: { quotasOf: () => Promise.resolve(full) } },
    want: { allowed: true },
    warned: /small/,
  },
  'a full quota refuses where the site says so': {
    given: { world: { quota: 'deny', quotasOf: () => Promise.resolve(full) } },
    want: { allowed: false, reason: 'Forbidden' },
    rules: ['quotaExceeded'],
  },
  'a quota never refuses an edit: what runs is in its sum': {
    given: {
      world: { quota: 'deny', quotasOf: () => Promise.resolve(full) },
      request: { operation: 'UPDATE', oldObject: { spec: {} } },
    },
    want: { allowed: true },
    warned: /small/,
  },
  'a suspended application takes nothing of a quota': {
    given: { spec: { suspend: true }, world: { quota: 'deny', quotasOf: () => Promise.resolve(full) } },
    want: { allowed: true },
  },
  'a quota that cannot be read is told, and refuses nothing': {
    given: { world: { quota: 'deny', quotasOf: () => Promise.resolve(undefined) } },
    want: { allowed: true },
    warned: /could not be checked/,
  },
  'a right that the author lacks is warned of': {
    given: { spec: asAdmin, world: { mayDo: () => Promise.resolve('no') } },
    want: { allowed: true },
    warned: /spec\.driver\.serviceAccount.*user "alice" may not/,
  },
  'a right that the author lacks refuses where the site says so': {
    given: { spec: asAdmin, world: { userAccess: 'deny', mayDo: () => Promise.resolve('no') } },
    want: { allowed: false, reason: 'Forbidden' },
    rules: ['userMayNot'],
  },
  'a right that could not be asked for refuses nothing': {
    given: { spec: asAdmin, world: { userAccess: 'deny', mayDo: () => Promise.resolve('unknown') } },
    want: { allowed: true },
    warned: /could not be checked/,
  },
  'who may create pods needs no other right': {
    given: {
      spec: asAdmin,
      world: {
        userAccess: 'deny',
        mayDo: (_user, _namespace, { verb, resource }) =>
          Promise.resolve(verb === 'create' && resource === 'pods' ? 'yes' : 'no'),
      },
    },
    want: { allowed: true },
  },
  'more Secrets than can be asked about are refused where the site says so': {
    given: {
      spec: {
        driver: {
          serviceAccount: 'default',
          secrets: Array.from({ length: 100 }, (_, i) => ({ name: `s-${i}`, path: `/s/${i}`, secretType: 'Generic' })),
        },
      },
      world: { userAccess: 'deny', mayDo: () => Promise.resolve('no') },
    },
    want: { allowed: false, reason: 'Forbidden' },
    rules: ['userMayNot'],
  },
  'a service account that the site trusts needs no right': {
    given: {
      spec: asAdmin,
      world: { userAccess: 'deny', trustedServiceAccounts: ['admin'], mayDo: () => Promise.resolve('no') },
    },
    want: { allowed: true },
  },
  'the operator itself creates the runs of schedules': {
    given: {
      spec: asAdmin,
      world: { userAccess: 'deny', mayDo: () => Promise.resolve('no') },
      request: { user: { username: 'system:serviceaccount:operators:controller', groups: [] } },
    },
    want: { allowed: true },
  },
};

describe('the review of an application', () => {
  it.each(Object.entries(cases))('%s', async (_what, { given, want, rules = [], warned }) => {
    const verdict = await judge(given);
    expect(verdict).toMatchObject(want);
    expect(rulesOf(verdict)).toEqual(rules);
    if (warned === undefined) expect(verdict.warnings ?? []).toEqual([]);
    else expect(verdict.warnings?.join('\n')).toMatch(warned);
  });

  it.each([
    ['Strict', false, 0],
    ['Warn', true, 1],
    ['Ignore', true, 0],
  ] as const)('treats unknown keys in a template as %s asks', async (fieldValidation, allowed, warnings) => {
    const template = JSON.parse('{"spec":{"containers":[],"nodeNmae":"a"}}') as object;
    const verdict = await judge({
      spec: { driver: { serviceAccount: 'spark', template } },
      request: { fieldValidation },
    });
    expect(verdict.allowed).toBe(allowed);
    const unknown = verdict.warnings?.filter((text) => text.includes('spec.driver.template.spec.nodeNmae')) ?? [];
    expect(unknown).toHaveLength(warnings);
  });
});
