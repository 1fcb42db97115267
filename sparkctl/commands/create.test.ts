import { describe, expect, it } from '@jest/globals';

import { anApp } from '../../test/builders.ts';
import { apiError, sparkctl, type FakeWorld } from '../../test/fake-cli.ts';
import { aDriverPod } from '../../test/spark-pods.ts';

const pi = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: pi
spec:
  type: Python
  sparkVersion: 4.0.1
  image: spark:4.0.1
  mainApplicationFile: local:///opt/pi.py
  driver:
    memory: 512m
  executor:
    instances: 1
`;
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: jobs\ndata:\n  a: b\n';
const schedule = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: ScheduledSparkApplication
metadata:
  name: nightly
spec:
  schedule: "@daily"
  template:
${pi.slice(pi.indexOf('  type:')).replaceAll(/^/gm, '  ').trimEnd()}
`;
const files = {
  'pi.yaml': pi,
  'all.yaml': `${configMap}---\n${pi}`,
  'schedule.yaml': schedule,
  'wrong.yaml': pi.replace('512m', '512 bananas'),
  'wrong-schedule.yaml': schedule.replace('512m', '512 bananas'),
  'far.yaml': pi.replace('name: pi', 'name: pi\n  namespace: far'),
  'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n',
  'old.yaml': pi.replace('v1beta2', 'v1beta1'),
  'half.yaml': pi.slice(0, pi.indexOf('spec:')),
  'odd.yaml': `${pi.slice(0, pi.indexOf('  driver:'))}  driver: yes\n`,
  'broken.yaml': 'a: [1\n',
  '-': pi,
};

interface Case {
  readonly given: { readonly args: string[]; readonly world?: FakeWorld };
  readonly want: object;
}

const cases: Record<string, Case> = {
  'a file by position, as the former sparkctl took it': {
    given: { args: ['pi.yaml'] },
    want: { code: 0, out: 'SparkApplication "pi" created\n', err: '', writes: ['create SparkApplication default/pi'] },
  },
  'a file by flag, as kubectl takes it': {
    given: { args: ['-f', 'pi.yaml', '-n', 'jobs'] },
    want: { code: 0, writes: ['create SparkApplication jobs/pi'] },
  },
  'standard input': { given: { args: ['-f', '-'] }, want: { code: 0, writes: ['create SparkApplication default/pi'] } },
  'several documents in order, each in its namespace': {
    given: { args: ['all.yaml', 'schedule.yaml'] },
    want: {
      code: 0,
      writes: [
        'create ConfigMap jobs/settings',
        'create SparkApplication default/pi',
        'create ScheduledSparkApplication default/nightly',
      ],
    },
  },
  'names for scripts': {
    given: { args: ['pi.yaml', '-o', 'name'] },
    want: { code: 0, out: 'sparkapplication.sparkoperator.k8s.io/pi\n' },
  },
  'an invalid field: file, line, field; nothing is created': {
    given: { args: ['all.yaml', 'wrong.yaml'] },
    want: {
      code: 1,
      out: '',
      writes: [],
      err: expect.stringMatching(/^error: wrong\.yaml:11: spec\.driver\.memory: .*512 bananas/),
    },
  },
  'an invalid field in the template of a schedule': {
    given: { args: ['wrong-schedule.yaml'] },
    want: {
      code: 1,
      writes: [],
      err: expect.stringMatching(/^error: wrong-schedule\.yaml:13: spec\.template\.driver\.memory: /),
    },
  },
  'no specification': {
    given: { args: ['half.yaml'] },
    want: { code: 1, writes: [], err: 'error: half.yaml:1: spec: is missing\n' },
  },
  'what the API server refuses has its line too': {
    given: {
      args: ['pi.yaml'],
      world: {
        failures: {
          'create sparkapplications': apiError(422, 'Invalid', 'SparkApplication "pi" is invalid', [
            { field: 'spec.executor.instances', message: 'Invalid value: "x": must be an integer' },
          ]),
        },
      },
    },
    want: { code: 1, err: 'error: pi.yaml:13: spec.executor.instances: Invalid value: "x": must be an integer\n' },
  },
  'an unknown field': {
    given: {
      args: ['pi.yaml'],
      world: {
        failures: {
          'create sparkapplications': apiError(
            400,
            'BadRequest',
            'strict decoding error: unknown field "spec.driver.memry"',
          ),
        },
      },
    },
    want: { code: 1, err: 'error: pi.yaml:10: spec.driver.memry: no such field: check its spelling and indentation\n' },
  },
  'one that exists': {
    given: { args: ['pi.yaml'], world: { objects: [anApp()] } },
    want: {
      code: 1,
      err: 'error: SparkApplication "pi" exists already in namespace "default": delete it first, or use create --delete\n',
    },
  },
  'one that exists is replaced with --delete': {
    given: { args: ['-d', 'pi.yaml'], world: { objects: [anApp()] } },
    want: {
      code: 0,
      out: 'SparkApplication "pi" created\n',
      writes: ['delete SparkApplication default/pi', 'create SparkApplication default/pi'],
    },
  },
  '--delete of what does not exist is a plain create': {
    given: { args: ['--delete', 'pi.yaml'] },
    want: { code: 0, writes: ['create SparkApplication default/pi'] },
  },
  'the log of the driver afterwards': {
    given: {
      args: ['pi.yaml', '--logs'],
      world: { logs: { 'pi-driver': 'Pi is roughly 3.14\n' }, later: { 2: aDriverPod() } },
    },
    want: { code: 0, out: 'SparkApplication "pi" created\nPi is roughly 3.14\n', logRequests: [{ follow: true }] },
  },
  'a dry run': {
    given: { args: ['pi.yaml', '--dry-run'] },
    want: { code: 0, out: 'SparkApplication "pi" created (dry run)\n', writes: [] },
  },
  'a dry run deletes nothing': {
    given: { args: ['pi.yaml', '--dry-run', '-d'], world: { objects: [anApp()] } },
    want: { code: 2, writes: [] },
  },
  '--logs needs one application': {
    given: { args: ['pi.yaml', '-f', '-', '--logs'] },
    want: { code: 2, writes: [], err: 'error: --logs follows one SparkApplication, but the manifests hold 2\n' },
  },
  'a namespace that contradicts the flag': {
    given: { args: ['far.yaml', '-n', 'near'] },
    want: { code: 1, writes: [], err: 'error: far.yaml:5: metadata.namespace: is "far", but --namespace is "near"\n' },
  },
  'a kind that is not ours': {
    given: { args: ['pod.yaml'] },
    want: {
      code: 1,
      err: 'error: pod.yaml:2: sparkctl does not create objects of kind Pod: use kubectl apply for it\n',
    },
  },
  'another version of our kind': {
    given: { args: ['old.yaml'] },
    want: {
      code: 1,
      err: 'error: old.yaml:1: SparkApplication of sparkoperator.k8s.io/v1beta1 is not known: apiVersion must be sparkoperator.k8s.io/v1beta2\n',
    },
  },
  'broken YAML': {
    given: { args: ['broken.yaml'] },
    want: { code: 1, err: expect.stringMatching(/^error: broken\.yaml:\d: not valid YAML/) },
  },
  'no such file': { given: { args: ['nope.yaml'] }, want: { code: 1, err: 'error: nope.yaml: no such file\n' } },
  'a URL': {
    given: { args: ['https://example.com/pi.yaml'] },
    want: { code: 2, err: expect.stringContaining('fetches nothing from the network') },
  },
  'no file': { given: { args: [] }, want: { code: 2, err: expect.stringContaining('no manifest') } },
  'an upload': {
    given: { args: ['pi.yaml', '--upload-to', 's3://bucket'] },
    want: { code: 2, writes: [], err: expect.stringContaining('--upload-to is not supported yet') },
  },
  'a schedule as template': {
    given: { args: ['pi', '--from', 'nightly'] },
    want: { code: 2, err: expect.stringContaining('--from is not supported yet') },
  },
  'a namespace that does not exist': {
    given: {
      args: ['pi.yaml', '-n', 'nope'],
      world: { failures: { 'create sparkapplications': apiError(404, 'NotFound', 'namespaces "nope" not found') } },
    },
    want: { code: 1, err: 'error: namespace "nope" does not exist\n' },
  },
  'no operator': {
    given: { args: ['pi.yaml'], world: { installed: false } },
    want: { code: 3, err: expect.stringContaining('helm install spark-operator') },
  },
  'no operator, with --delete': {
    given: { args: ['-d', 'pi.yaml'], world: { installed: false } },
    want: { code: 3, writes: [] },
  },
};

describe('sparkctl create', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect(await sparkctl(['create', ...given.args], { files, ...given.world })).toMatchObject(want);
  });

  it('leaves a value of a wrong type to the API server', async () => {
    const { code, writes } = await sparkctl(['create', 'odd.yaml'], { files });
    expect({ code, writes }).toEqual({ code: 0, writes: ['create SparkApplication default/pi'] });
  });
});
