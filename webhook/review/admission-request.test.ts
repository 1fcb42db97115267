import { describe, expect, it } from '@jest/globals';
import { readAdmissionRequest } from './admission-request.ts';

const POD = { group: '', kind: 'Pod' };
const request = {
  uid: 'u',
  kind: { group: '', version: 'v1', kind: 'Pod' },
  namespace: 'team',
  operation: 'CREATE',
  userInfo: { username: 'alice', groups: ['staff'], extra: { scopes: ['a', 1] } },
  object: { metadata: { name: 'pod-1' } },
};
const review = (fields: object = {}, whole: object = {}): object => ({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: { ...request, ...fields },
  ...whole,
});

describe('an admission request', () => {
  it('is read with what reviews need', () => {
    expect(readAdmissionRequest(review(), POD, false)).toEqual({
      uid: 'u',
      kind: 'Pod',
      name: 'pod-1',
      namespace: 'team',
      operation: 'CREATE',
      user: { username: 'alice', groups: ['staff'], extra: { scopes: ['a'] } },
      object: { metadata: { name: 'pod-1' } },
      oldObject: undefined,
      fieldValidation: 'Warn',
      hadProto: false,
    });
  });

  it.each([
    ['Strict', 'Strict'],
    ['Ignore', 'Ignore'],
    ['Warn', 'Warn'],
    [undefined, 'Warn'],
    [7, 'Warn'],
  ])('with field validation %s is treated as %s', (fieldValidation, want) => {
    const { fieldValidation: got } = readAdmissionRequest(review({ options: { fieldValidation } }), POD, false);
    expect(got).toBe(want);
  });

  it.each([
    ['null', null, 'not an AdmissionReview'],
    ['a list', [], 'not an AdmissionReview'],
    ['another version', review({}, { apiVersion: 'admission.k8s.io/v1beta1' }), 'not an AdmissionReview'],
    ['another kind', review({}, { kind: 'Pod' }), 'not an AdmissionReview'],
    ['no request', review({}, { request: 7 }), 'request.uid is missing'],
    ['no uid', review({ uid: '' }), 'request.uid is missing'],
    ['objects of another kind', review({ kind: { group: 'x', kind: 'Pod' } }), 'request.kind is not Pod'],
    ['no object', review({ object: null }), 'request.object is missing'],
  ])('that is %s is refused with 400', (_what, given, message) => {
    const read = (): unknown => readAdmissionRequest(given, POD, false);
    expect(read).toThrow(expect.objectContaining({ status: 400, message: expect.stringContaining(message) }));
  });
});
