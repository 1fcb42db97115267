import { describe, expect, it } from '@jest/globals';

import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { validatePodDefaults } from '../../spark/pod-defaults/validate.ts';
import { s3PodDefaults, type S3Store } from './objects.ts';

const store: S3Store = {
  bucket: 'demo-12345678',
  endpoint: 'https://s3.example.org',
  region: 'RegionOne',
  pathStyle: true,
  eventLogFolder: 'spark-events',
};

/** As the API server stores it. */
const stored = (given: S3Store): SparkPodDefaults => {
  const object = s3PodDefaults('spark-operator', given);
  return { ...object, metadata: { ...object.metadata, namespace: 'spark-operator', uid: 'u' } };
};

describe('s3PodDefaults', () => {
  it('keeps all rules of the operator', () => expect(validatePodDefaults(stored(store), 'spark-operator')).toEqual([]));

  it('takes the keys from the Secret, which it has propagated', () => {
    const { env, propagate } = stored(store).spec;
    expect(propagate).toBe(true);
    expect(env?.map(({ name, valueFrom }) => [name, valueFrom?.secretKeyRef])).toEqual([
      ['AWS_ACCESS_KEY_ID', { name: 'spark-s3', key: 'AWS_ACCESS_KEY_ID' }],
      ['AWS_SECRET_ACCESS_KEY', { name: 'spark-s3', key: 'AWS_SECRET_ACCESS_KEY' }],
    ]);
  });

  it.each([
    ['https://s3.example.org', undefined],
    ['http://10.0.0.1:8080', 'AWS4UnsignedPayloadSignerType'],
  ])('signs whole payloads only where there is no TLS: %s', (endpoint, want) =>
    expect(stored({ ...store, endpoint }).spec.hadoopConf?.['fs.s3a.signing-algorithm']).toBe(want),
  );

  it.each([
    ['https://s3.example.org', 'true'],
    ['http://10.0.0.1:8080', 'false'],
  ])('speaks TLS with %s: %s', (endpoint, want) =>
    expect(stored({ ...store, endpoint }).spec.hadoopConf).toMatchObject({
      'fs.s3a.connection.ssl.enabled': want,
      'fs.s3a.endpoint': endpoint,
    }),
  );

  it('sends event logs where a history server looks for them', () =>
    expect(stored(store).spec.sparkConf).toEqual({
      'spark.eventLog.enabled': 'true',
      'spark.eventLog.dir': 's3a://demo-12345678/spark-events',
      'spark.history.fs.logDirectory': 's3a://demo-12345678/spark-events',
    }));
});
