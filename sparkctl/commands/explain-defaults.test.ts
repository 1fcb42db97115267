import { describe, expect, it } from '@jest/globals';

import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { anApp } from '../../test/builders.ts';
import { apiError, sparkctl, type FakeObject, type FakeWorld } from '../../test/fake-cli.ts';

function defaults(namespace: string, name: string, spec: SparkPodDefaultsSpec): FakeObject {
  const object = { kind: 'SparkPodDefaults', metadata: { namespace, name, uid: name, generation: 2 }, spec };
  return object;
}

const site = defaults('spark-operator', 's3', {
  hadoopConf: { 'fs.s3a.endpoint': 'https://s3.example.org' },
  sparkConf: { 'spark.eventLog.enabled': 'true' },
  env: [
    { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 's3-credentials', key: 'secret' } } },
    { name: 'ZONE', value: 'eu' },
  ],
});
const team = defaults('default', 'own', { role: 'Driver', env: [{ name: 'ZONE', value: 'home' }] });
const elsewhere = defaults('spark-operator', 'gpu', {
  namespaceSelector: { matchLabels: { team: 'gpu' } },
  tolerations: [{ key: 'gpu', operator: 'Exists' }],
});

const careless = defaults('default', 'careless', { hadoopConf: { 'fs.s3a.secret.key': 'do-not-show' } });

const app = anApp({ spec: { sparkConf: { 'spark.eventLog.enabled': 'false' } } });
const ran = anApp({
  status: {
    applicationState: { state: 'RUNNING' },
    podDefaults: [
      { name: 'operators/s3', generation: 1, applied: 5, overridden: ['driver env A: the application sets it'] },
    ],
  },
});

const forbidden = apiError(
  403,
  'Forbidden',
  'sparkpoddefaults.sparkoperator.k8s.io is forbidden: User "ann" cannot list resource "sparkpoddefaults"',
);

const namespace: FakeObject = { kind: 'Namespace', metadata: { name: 'default', labels: {} } };

describe('sparkctl explain-defaults', () => {
  it('tells each entry with its value, where it is from, and what it gives way to', async () => {
    const objects = [app, site, team, elsewhere, namespace];
    const { code, out, err } = await sparkctl(['explain-defaults', 'pi'], { objects });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Application:         default/pi
Operator namespace:  spark-operator

The current attempt got:
  nothing

A new attempt would get:
  FOR           WHAT                               VALUE                               FROM                RESULT
  driver        env ZONE                           home                                default/own         filled in
  application   sparkConf spark.eventLog.enabled   true                                spark-operator/s3   gives way: the application sets it
  application   hadoopConf fs.s3a.endpoint         https://s3.example.org              spark-operator/s3   filled in
  driver        env AWS_SECRET_ACCESS_KEY          Secret s3-credentials, key secret   spark-operator/s3   filled in
  driver        env ZONE                           eu                                  spark-operator/s3   gives way: SparkPodDefaults default/own sets it
  executor      env AWS_SECRET_ACCESS_KEY          Secret s3-credentials, key secret   spark-operator/s3   filled in
  executor      env ZONE                           eu                                  spark-operator/s3   filled in
  (not from spark-operator/gpu: its namespaceSelector does not match the labels of the namespace)
`);
  });

  interface Case {
    readonly args?: readonly string[];
    readonly world: FakeWorld;
    readonly want: object;
  }

  const cases: Record<string, Case> = {
    'what the attempt got comes from the status': {
      world: { objects: [ran] },
      want: {
        code: 0,
        out: expect.stringMatching(/operators\/s3 +1 +5 +driver env A: the application sets it\n/),
      },
    },
    'the namespace of the operator is the one that the status names': {
      world: { objects: [ran] },
      want: { out: expect.stringContaining('Operator namespace:  operators\n') },
    },
    'it is also the one that is asked for': {
      args: ['--operator-namespace', 'elsewhere'],
      world: { objects: [ran] },
      want: { out: expect.stringContaining('Operator namespace:  elsewhere\n') },
    },
    'without the right to read defaults the status is told, and the rest is said to be missing': {
      world: { objects: [ran], failures: { 'list sparkpoddefaults': forbidden } },
      want: {
        code: 0,
        out: expect.not.stringContaining('A new attempt'),
        err: expect.stringMatching(
          /warning: you may not list sparkpoddefaults.*\n(.*\n)?warning: only what the current attempt got can be told\n$/,
        ),
      },
    },
    'without the labels of the namespace nothing is guessed': {
      world: {
        objects: [app, elsewhere],
        failures: { 'get namespaces': apiError(403, 'Forbidden', 'User "ann" cannot get resource "namespaces"') },
      },
      want: { code: 0, err: expect.stringContaining('warning: only what the current attempt got can be told') },
    },
    'an application that cannot start again is told why': {
      world: { objects: [anApp({ spec: { driver: { memory: 'plenty' } } }), site] },
      want: { code: 0, out: expect.stringContaining('(no new attempt can start: spec.driver.memory: ') },
    },
    'invalid defaults are named, with what is wrong and without what they give away': {
      world: { objects: [app, careless] },
      want: {
        code: 0,
        out: expect.stringMatching(
          /\(SparkPodDefaults default\/careless is passed over: spec\.hadoopConf\["fs\.s3a\.secret\.key"\]: looks like a credential/,
        ),
      },
    },
    'the same as JSON': {
      args: ['-o', 'json'],
      world: { objects: [app, site] },
      want: { code: 0, out: expect.stringContaining('"overriddenBy": "the application"') },
    },
    'an application that does not exist': {
      world: {},
      want: { code: 1, err: 'error: SparkApplication "pi" not found in namespace "default"\n' },
    },
    'another format': { args: ['-o', 'xml'], world: {}, want: { code: 2 } },
  };

  it.each(Object.entries(cases))('%s', async (_name, { args = [], world, want }) => {
    const outcome = await sparkctl(['explain-defaults', 'pi', ...args], world);
    expect(outcome).toMatchObject(want);
    expect(outcome.out).not.toContain('do-not-show');
  });
});
