import { describe, expect, it } from '@jest/globals';

import { objectStoreError, regionNamedBy } from './s3-failure.ts';

const attempt = { doing: 'make the bucket', bucket: 'b', endpoint: 'https://s3' };

/** An error as the SDK throws it for an answer. */
const answered = (code: string, status: number, more: object = {}, message = 'Words of the server.'): Error =>
  Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: status }, ...more });

const unanswered = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

const cases: Record<string, { readonly given: unknown; readonly want: string }> = {
  'the bucket of another project': { given: answered('BucketAlreadyExists', 409), want: 'BucketTaken' },
  'a bad name': { given: answered('InvalidBucketName', 400), want: 'InvalidBucketName' },
  'no bucket': { given: answered('NoSuchBucket', 404), want: 'NoSuchBucket' },
  'an unknown key': { given: answered('InvalidAccessKeyId', 403), want: 'Forbidden' },
  'a wrong secret': { given: answered('SignatureDoesNotMatch', 403), want: 'Forbidden' },
  'a code of 403 that nobody knows': { given: answered('QuotaExceededByPolicy', 403), want: 'Forbidden' },
  'clocks apart': { given: answered('RequestTimeTooSkewed', 403), want: 'ClockSkew' },
  'a failing server': { given: answered('InternalError', 500), want: 'Other' },
  'nobody listening': { given: unanswered('ECONNREFUSED'), want: 'Unreachable' },
  'no such host': { given: unanswered('ENOTFOUND'), want: 'Unreachable' },
  'a private authority': { given: unanswered('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), want: 'Unreachable' },
  'no answer in time': { given: Object.assign(new Error('late'), { name: 'TimeoutError' }), want: 'Unreachable' },
  'a name that the SDK itself refuses': {
    given: Object.assign(new Error("Bucket name shouldn't contain '/'"), { name: 'InvalidBucketName' }),
    want: 'InvalidBucketName',
  },
  'what the SDK keeps the words of alone': {
    given: new Error('AWS SDK error wrapper for Error: connect ECONNREFUSED 127.0.0.1:9'),
    want: 'Unreachable',
  },
  'a fault of ours': { given: new TypeError('x is not a function'), want: 'Other' },
  'a page of HTML': {
    given: answered('SyntaxError', 200, {}, 'char … Deserialization error: to see the raw response …'),
    want: 'Other',
  },
  'something that is no error': { given: 'what?', want: 'Other' },
};

describe('objectStoreError', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const error = objectStoreError(given, attempt);
    expect(error.failure).toBe(want);
    expect(error.message).toContain('cannot make the bucket (bucket "b" at https://s3): ');
  });

  it('leaves an error of ours as it is', () => {
    const error = objectStoreError(unanswered('ECONNRESET'), attempt);
    expect(objectStoreError(error, { ...attempt, doing: 'list' })).toBe(error);
  });
});

describe('regionNamedBy', () => {
  it.each([
    ['a field of the answer', answered('AuthorizationHeaderMalformed', 400, { Region: 'RegionOne' }), 'RegionOne'],
    [
      'the words of the answer',
      answered('AuthorizationHeaderMalformed', 400, {}, "the region 'x' is wrong; expecting 'eu-west-1'"),
      'eu-west-1',
    ],
    ['another failure', answered('AccessDenied', 403, { Region: 'RegionOne' }), undefined],
    ['words without a region', answered('AuthorizationHeaderMalformed', 400), undefined],
  ])('reads %s', (_name, given, want) => expect(regionNamedBy(given)).toBe(want));
});
