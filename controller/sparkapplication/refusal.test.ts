import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../kube/errors.ts';
import { anApp } from '../../test/builders.ts';
import { refusalOf } from './refusal.ts';

const { spec } = anApp();

interface Case {
  readonly given: { readonly status: number; readonly message: string; readonly field?: string };
  readonly want: { readonly reason: string; readonly message: RegExp } | undefined;
}

const cases: Record<string, Case> = {
  'a missing service account': {
    given: {
      status: 403,
      message:
        'pods "pi-driver" is forbidden: error looking up service account default/spark: serviceaccount "spark" not found',
    },
    want: { reason: 'ServiceAccountNotFound', message: /^spec\.driver\.serviceAccount: .*"spark"/ },
  },
  'a quota': {
    given: {
      status: 403,
      message: 'pods "pi-driver" is forbidden: exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0',
    },
    want: { reason: 'QuotaExceeded', message: /^spec\.driver: .*exceeded quota: small/ },
  },
  'an admission webhook': {
    given: { status: 400, message: 'admission webhook "policy" denied the request: no latest tags' },
    want: { reason: 'SubmissionRejected', message: /no latest tags/ },
  },
  'an invalid object, with its field': {
    given: { status: 422, message: 'Pod "pi-driver" is invalid', field: 'spec.tolerations[0].operator' },
    want: { reason: 'SubmissionRejected', message: /spec\.tolerations\[0\]\.operator/ },
  },
  'a server that fails is no refusal': { given: { status: 500, message: 'failed calling webhook' }, want: undefined },
  'a server that does not answer is no refusal': { given: { status: 0, message: 'timeout' }, want: undefined },
  'a busy server is no refusal': { given: { status: 429, message: 'slow down' }, want: undefined },
  'a conflict is no refusal': { given: { status: 409, message: 'the object has been modified' }, want: undefined },
};

describe('refusalOf', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: { status, message, field }, want }) => {
    const error = new ApiError({ status, reason: 'Any', message, causes: field === undefined ? [] : [{ field }] });
    const refusal = refusalOf(error, spec);
    expect(refusal?.reason).toBe(want?.reason);
    if (want !== undefined) expect(refusal?.message).toMatch(want.message);
  });

  it('leaves other errors alone', () => {
    expect(refusalOf(new Error('x'), spec)).toBeUndefined();
  });
});
