import { describe, expect, it } from '@jest/globals';

import type { Secret } from '../../api/kubernetes.ts';
import { s3Claim, s3Secret } from './objects.ts';
import { secretState } from './secret-state.ts';

const now = new Date('2026-01-01T00:00:00Z');
const keys = { accessKey: 'AK', secretKey: 'SK' };
const seen = (secret: Secret): Secret => ({ ...secret, metadata: { ...secret.metadata, resourceVersion: '7' } });

const cases: Record<string, { readonly given: Secret | undefined; readonly want: object }> = {
  'no Secret': { given: undefined, want: { kind: 'absent' } },
  'a claim': {
    given: seen(s3Claim('ns', { keysBefore: ['A', 'B'], clusterUuid: 'c', now })),
    want: { kind: 'claimed', keysBefore: ['A', 'B'], version: '7' },
  },
  'keys that we made': {
    given: seen(s3Secret('ns', { ...keys, ours: true }, 'c')),
    want: { kind: 'filled', keys: { ...keys, ours: true }, version: '7' },
  },
  'keys that a person gave': {
    given: seen(s3Secret('ns', { ...keys, ours: false }, undefined)),
    want: { kind: 'filled', keys: { ...keys, ours: false }, version: '7' },
  },
  'keys that a person wrote over ours': {
    given: seen({
      ...s3Secret('ns', { ...keys, ours: true }, 'c'),
      data: { AWS_ACCESS_KEY_ID: 'QUI=', AWS_SECRET_ACCESS_KEY: 'Qgo=' },
    }),
    want: { kind: 'filled', keys: { accessKey: 'AB', secretKey: 'B', ours: false }, version: '7' },
  },
  'half a pair': {
    given: seen({ ...s3Secret('ns', { ...keys, ours: true }, 'c'), data: { AWS_ACCESS_KEY_ID: 'QUI=' } }),
    want: { kind: 'foreign', version: '7' },
  },
  'a claim that somebody spoilt': {
    given: {
      metadata: { resourceVersion: '7', annotations: { 'opsparkctl.sparkoperator.k8s.io/ec2-keys-before': '{' } },
    },
    want: { kind: 'foreign', version: '7' },
  },
};

describe('secretState', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => expect(secretState(given)).toEqual(want));
});
