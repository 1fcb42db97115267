import { describe, expect, it } from '@jest/globals';

import { ApiError } from '../kube/errors.ts';
import { UserError } from '../terminal/user-error.ts';
import { exitCode } from './exit-code.ts';
import type { About } from './explain/about.ts';
import { explainFailure } from './explain-failure.ts';
import { ObjectStoreError } from './object-store/object-store.ts';
import { OpenStackError, type OpenStackErrorFacts } from './openstack-error.ts';

const refused = (facts: Partial<OpenStackErrorFacts>): OpenStackError =>
  new OpenStackError({
    failure: 'BadRequest',
    status: 400,
    service: 'container-infra',
    method: 'POST',
    path: '/v1/clusters',
    said: 'no',
    requestId: 'req-1',
    ...facts,
  });

const login: About['login'] = {
  user: { id: 'u', name: 'ada', domainName: 'Default' },
  project: { id: 'p', name: 'lab', domainName: 'Default' },
  roles: ['reader'],
  methods: ['password'],
  applicationCredential: undefined,
  issuedAt: new Date(0),
  expiresAt: new Date(1),
  catalog: [],
  clockSkewMs: 0,
};

describe('explainFailure', () => {
  const cases: Record<string, { given: readonly [unknown, About?]; want: readonly [RegExp, number] }> = {
    'quota of clusters': {
      given: [
        refused({ failure: 'Forbidden', status: 403, said: 'You have reached the maximum clusters per project, 2.' }),
        { doing: 'create the cluster "demo"' },
      ],
      want: [
        /^cannot create the cluster "demo": the project may have no more clusters: You have reached .* 2\. \(request req-1\)\n"opsparkctl status"/,
        exitCode.forbidden,
      ],
    },
    'EC2 keys for a delegated login': {
      given: [
        refused({
          failure: 'Forbidden',
          service: 'identity',
          path: '/v3/users/u/credentials/OS-EC2',
          said: 'Delegated tokens cannot access credentials directly.',
        }),
      ],
      want: [/S3 keys \(EC2 credentials\): Delegated tokens.*\n.*--s3-access-key-file.*--no-s3/, exitCode.forbidden],
    },
    'a policy, with the roles that the login has': {
      given: [refused({ failure: 'Forbidden', said: 'Policy does not allow it' }), { login }],
      want: [
        /^Magnum does not allow it: .*\nada has the roles reader in project "lab"; clusters need "member"\.$/,
        exitCode.forbidden,
      ],
    },
    'a quota of another service': {
      given: [refused({ failure: 'Forbidden', service: 'compute', said: 'Quota exceeded for cores' })],
      want: [/^the project is over a quota: Quota exceeded.*\n"opsparkctl doctor"/, exitCode.forbidden],
    },
    'what does not exist': {
      given: [refused({ failure: 'NotFound', said: 'Cluster x could not be found.' })],
      want: [/^Magnum does not have it: Cluster x/, exitCode.notFound],
    },
    'what exists twice': {
      given: [refused({ failure: 'Conflict', said: 'Multiple clusters exist' })],
      want: [/^Magnum refuses because of what is there already: Multiple/, exitCode.conflict],
    },
    'a microversion that is too new': {
      given: [refused({ failure: 'NotAcceptable', status: 406, said: 'Version 1.14 was requested' })],
      want: [/^Magnum is of another version than is needed here: Version 1\.14/, exitCode.failed],
    },
    'a bad request': {
      given: [refused({ said: 'Invalid flavor' })],
      want: [/^Magnum refuses the request: Invalid flavor \(request req-1\)$/, exitCode.failed],
    },
    'a service that does not answer': {
      given: [refused({ failure: 'TimedOut', status: 0, said: 'm did not answer within 90 s', requestId: undefined })],
      want: [/^Magnum does not answer: m did not answer within 90 s\n.*conductor/, exitCode.unreachable],
    },
    'a name without an address, from the catalog': {
      given: [refused({ failure: 'Unreachable', status: 0, said: 'no address is known for m.internal' })],
      want: [/^Magnum cannot be reached: no address.*\nThe name comes from the catalog: try another --interface/, 9],
    },
    'a token that Magnum does not take': {
      given: [refused({ failure: 'Unauthenticated', status: 401, said: 'Authentication required' })],
      want: [/^Magnum does not accept the token: .*\n.*tell the cloud's operators\.$/, exitCode.authentication],
    },
    'an answer that is none': {
      given: [refused({ failure: 'Unintelligible', status: 200, said: 'the answer is no JSON' })],
      want: [/^Magnum answers what cannot be understood/, exitCode.failed],
    },
    'a bucket of somebody else': {
      given: [new ObjectStoreError('BucketTaken', 'BucketAlreadyExists', 'bucket "b" exists'), { bucket: 'b' }],
      want: [/^bucket "b" exists\nIt belongs to another project: choose another name with --bucket/, exitCode.conflict],
    },
    'a bucket name that is none': {
      given: [new ObjectStoreError('InvalidBucketName', 'InvalidBucketName', 'not valid'), { bucket: 'B_' }],
      want: [/^bucket "B_": not valid\nA name has 3 to 63 small letters/, exitCode.usage],
    },
    'a clock that is wrong': {
      given: [
        new ObjectStoreError('ClockSkew', 'RequestTimeTooSkewed', 'too skewed'),
        { login: { ...login, clockSkewMs: 1_200_000 } },
      ],
      want: [/\nKeystone's clock is 1200 s ahead of this machine's\.$/, exitCode.failed],
    },
    "the object store's clock that is wrong": {
      given: [new ObjectStoreError('ClockSkew', 'RequestTimeTooSkewed', 'too skewed'), { login }],
      want: [/\nKeystone's clock agrees with this machine's: the object store's may be the wrong one\.$/, 1],
    },
    'Kubernetes away': {
      given: [
        new ApiError({ status: 0, reason: 'Unreachable', message: 'connect ECONNREFUSED' }),
        { server: 'https://k:6443' },
      ],
      want: [/^the Kubernetes API server https:\/\/k:6443 cannot be reached: connect/, exitCode.unreachable],
    },
    'Kubernetes with another authority': {
      given: [
        new ApiError({
          status: 0,
          reason: 'Unreachable',
          message: 'unable to verify',
          cause: Object.assign(new Error('x'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
        }),
      ],
      want: [/certificate of another authority.*\n.*opsparkctl kubeconfig NAME --renew/, exitCode.unreachable],
    },
    'Kubernetes does not know the login': {
      given: [new ApiError({ status: 401, reason: 'Unauthorized', message: 'Unauthorized' })],
      want: [/does not accept the login of the kubeconfig.*\n.*--renew/, exitCode.authentication],
    },
    'Kubernetes refuses': {
      given: [new ApiError({ status: 403, reason: 'Forbidden', message: 'pods is forbidden' })],
      want: [/does not allow it: pods is forbidden$/, exitCode.forbidden],
    },
  };

  it.each(Object.entries(cases))('%s', (_name, { given: [error, about], want: [message, code] }) => {
    const explained = explainFailure(error, about);
    expect(explained).toBeInstanceOf(UserError);
    expect(explained).toMatchObject({ message: expect.stringMatching(message), exitCode: code, cause: error });
  });

  it('passes on what it does not know', () => {
    const error = new TypeError('a bug');
    expect(explainFailure(error)).toBe(error);
    const told = new UserError('told already');
    expect(explainFailure(told)).toBe(told);
  });
});
