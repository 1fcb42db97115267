import { describe, expect, it } from '@jest/globals';

import { ApiError } from '../../kube/errors.ts';
import type { Auth, CloudConfig } from '../../openstack/cloud-config/cloud-config.ts';
import { ObjectStoreError, type ObjectStoreFailure } from '../../openstack/object-store/object-store.ts';
import { OpenStackError, type OpenStackErrorFacts } from '../../openstack/openstack-error.ts';
import { explain } from './explain.ts';
import type { About } from './failure.ts';

const user = { id: undefined, name: 'ada', domain: undefined };
const scope = { kind: 'project', id: 'p', name: undefined, domain: undefined } as const;

const cloudWith = (auth: Auth): CloudConfig => ({
  name: 'demo',
  source: 'clouds.yaml',
  authUrl: 'https://keystone.example.org/v3',
  auth,
  region: undefined,
  interface: 'public',
  tls: { caFile: undefined, certFile: undefined, keyFile: undefined, verify: true },
  endpointOverrides: {},
  warnings: [],
});

const about = (auth: Auth, more: Partial<About> = {}): About => ({
  namespace: 'ops',
  cloudsSecret: 'clouds',
  cloud: cloudWith(auth),
  bucket: 'logs',
  keysSecret: undefined,
  ...more,
});

const password = about({ method: 'password', user, password: 'hunter2', scope });
const application = about({
  method: 'application_credential',
  id: 'abc',
  name: undefined,
  user: undefined,
  secret: 'hunter2',
});

const openStack = (facts: Partial<OpenStackErrorFacts>): OpenStackError =>
  new OpenStackError({
    ...{ failure: 'Unauthenticated', status: 401, service: 'identity', method: 'POST', path: '/v3/auth/tokens' },
    ...{ said: 'it said no', requestId: 'req-1' },
    ...facts,
  });
const store = (failure: ObjectStoreFailure): ObjectStoreError => new ObjectStoreError(failure, 'Code', 'it said no');
const withCode = (code: string): Error => Object.assign(new Error('certificate'), { code });

interface Case {
  readonly given: { readonly error: unknown; readonly about: About };
  readonly want: { readonly cause: string; readonly message: string; readonly remedy: string };
}

const cases: Record<string, Case> = {
  'a refused password names entry, user and Secret': {
    given: { error: openStack({}), about: password },
    want: { cause: 'LoginRefused', message: '"demo" (password of user ada)', remedy: 'Secret ops/clouds' },
  },
  'a refused application credential names its id': {
    given: { error: openStack({}), about: application },
    want: { cause: 'LoginRefused', message: '(application credential abc)', remedy: 'Secret ops/clouds' },
  },
  'refused keys ask for keys or another login': {
    given: { error: openStack({ failure: 'Forbidden', status: 403 }), about: application },
    want: { cause: 'KeysRefused', message: 'it said no', remedy: 'openstack.s3.keysSecret' },
  },
  'an error that another one explains for the command line is told by its root': {
    given: { error: new Error('use --no-s3', { cause: openStack({ failure: 'Forbidden' }) }), about: password },
    want: { cause: 'KeysRefused', message: 'make no S3 keys', remedy: 'openstack.s3.keysSecret' },
  },
  'a Keystone that is not there': {
    given: { error: openStack({ failure: 'Unreachable', status: 0 }), about: password },
    want: { cause: 'KeystoneUnreachable', message: 'cannot be reached', remedy: 'auth_url' },
  },
  'a Keystone that says nothing': {
    given: { error: openStack({ failure: 'TimedOut', status: 0 }), about: password },
    want: { cause: 'KeystoneUnreachable', message: 'does not answer', remedy: 'auth_url' },
  },
  'a certificate of a private authority asks for ca.pem': {
    given: {
      error: openStack({ failure: 'Unreachable', status: 0, cause: withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }),
      about: password,
    },
    want: { cause: 'CertificateNotTrusted', message: 'not trusted', remedy: 'ca.pem' },
  },
  'a catalog without an object store': {
    given: { error: openStack({ failure: 'NoEndpoint', service: 'object-store', status: 0 }), about: password },
    want: { cause: 'NoObjectStore', message: 'object-store', remedy: 'openstack.s3.endpoint' },
  },
  'an answer that nobody expects keeps the request id': {
    given: { error: openStack({ failure: 'Conflict', status: 409 }), about: password },
    want: { cause: 'ConflictByKeystone', message: 'req-1', remedy: 'Ask those who run the cloud' },
  },
  'a bucket of others': {
    given: { error: store('BucketTaken'), about: password },
    want: { cause: 'BucketTaken', message: '"logs"', remedy: 'openstack.bucket' },
  },
  'a name that no bucket may have': {
    given: { error: store('InvalidBucketName'), about: password },
    want: { cause: 'InvalidBucketName', message: '"logs"', remedy: 'openstack.bucket' },
  },
  'keys of ours that the store refuses': {
    given: { error: store('Forbidden'), about: password },
    want: { cause: 'KeysNotAccepted', message: 'does not accept', remedy: 'Delete the Secret ops/spark-s3' },
  },
  'keys of a person that the store refuses': {
    given: { error: store('Forbidden'), about: { ...password, keysSecret: 'mine' } },
    want: { cause: 'KeysNotAccepted', message: 'does not accept', remedy: 'Correct the keys in the Secret ops/mine' },
  },
  'clocks that differ': {
    given: { error: store('ClockSkew'), about: password },
    want: { cause: 'ClockSkew', message: 'clocks', remedy: 'NTP' },
  },
  'an object store that is away': {
    given: { error: store('Unreachable'), about: password },
    want: { cause: 'ObjectStoreUnreachable', message: 'cannot be reached', remedy: 'openstack.s3.endpoint' },
  },
  'a bucket that went away': {
    given: { error: store('NoSuchBucket'), about: password },
    want: { cause: 'NoSuchBucket', message: 'went away', remedy: 'helm upgrade' },
  },
  'any other refusal of the store': {
    given: { error: store('Other'), about: password },
    want: { cause: 'ObjectStoreFailed', message: 'it said no', remedy: 'openstack.s3' },
  },
  'a policy of this cluster': {
    given: { error: new ApiError({ status: 403, reason: 'Forbidden', message: 'quota' }), about: password },
    want: { cause: 'KubernetesForbidden', message: 'namespace ops', remedy: 'policy' },
  },
  'an API server that fails': {
    given: { error: new ApiError({ status: 500, reason: 'InternalError', message: 'webhook' }), about: password },
    want: { cause: 'KubernetesFailed', message: 'webhook', remedy: 'Wait' },
  },
  'anything else': {
    given: { error: new Error('odd'), about: password },
    want: { cause: 'Unexpected', message: 'odd', remedy: 'log of the job' },
  },
};

describe('explain', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    const failure = explain(given.error, given.about);
    expect(failure).toEqual({
      cause: want.cause,
      message: expect.stringContaining(want.message),
      remedy: expect.stringContaining(want.remedy),
    });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });
});
