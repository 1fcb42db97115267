import { describe, expect, it } from '@jest/globals';

import { valueText } from './value-text.ts';

const cases: Record<string, { given: readonly [key: string, value: unknown]; want: string }> = {
  'a property is shown': { given: ['spark.executor.memory', '2g'], want: '2g' },
  'a property with a telling key is not': { given: ['spark.hadoop.fs.s3a.access.key', 'AKIA'], want: '(hidden)' },
  'nor is one of a single bucket': { given: ['fs.s3a.bucket.logs.secret.key', 'x'], want: '(hidden)' },
  'a variable is shown': { given: ['env ZONE', { name: 'ZONE', value: 'eu' }], want: 'eu' },
  'a variable with a telling name is not': {
    given: ['env DB_PASSWORD', { name: 'DB_PASSWORD', value: 'x' }],
    want: '(hidden)',
  },
  'a variable from a Secret names the Secret': {
    given: ['env A', { name: 'A', valueFrom: { secretKeyRef: { name: 's3', key: 'k' } } }],
    want: 'Secret s3, key k',
  },
  'a variable from a ConfigMap names it': {
    given: ['env A', { name: 'A', valueFrom: { configMapKeyRef: { name: 'site', key: 'k' } } }],
    want: 'ConfigMap site, key k',
  },
  'any other source is shown as it is': {
    given: ['env A', { name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
    want: '{"fieldRef":{"fieldPath":"status.podIP"}}',
  },
  'a mount shows its volume, with the name of the Secret': {
    given: ['volumeMount /k', { mount: { mountPath: '/k' }, volume: { name: 'v', secret: { secretName: 'krb5' } } }],
    want: '{"name":"v","secret":{"secretName":"krb5"}}',
  },
  'a confidential field deep in an object is hidden': {
    given: ['volumeMount /d', { volume: { csi: { volumeAttributes: { password: 'x' } } } }],
    want: '{"csi":{"volumeAttributes":{"password":"(hidden)"}}}',
  },
  'a long value is cut': { given: ['annotation a', 'x'.repeat(200)], want: `${'x'.repeat(99)}…` },
};

describe('valueText', () => {
  it.each(Object.entries(cases))('%s', (_name, { given: [key, value], want }) => {
    expect(valueText(key, value)).toBe(want);
  });
});
