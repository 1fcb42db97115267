import { describe, expect, it } from '@jest/globals';
import { describeRules, violationsOf } from '../../test/violations.ts';

describe('nameNotLabel', () => {
  const cases: Record<string, readonly [string, ...string[]]> = {
    '64 characters': [
      'a'.repeat(64),
      'metadata.name: has 64 characters, 63 at most are possible: it becomes a label of the pods',
    ],
    'a digit first': [
      '1-pi',
      'metadata.name: "1-pi" must be lower-case letters, digits and dashes and start with a letter: it becomes the name of a Service',
    ],
    dots: [
      'my.pi',
      'metadata.name: "my.pi" must be lower-case letters, digits and dashes and start with a letter: it becomes the name of a Service',
    ],
    '63 characters': ['a'.repeat(63)],
  };
  it.each(Object.entries(cases))('%s', (_name, [name, ...want]) => {
    expect(violationsOf('nameNotLabel', { name })).toEqual(want);
  });
});

describeRules({
  driverPodNameInvalid: {
    'by field': [
      { driver: { podName: 'Not_Valid' } },
      'spec.driver.podName: "Not_Valid" is not a name of a pod: use lower-case letters, digits, dashes and dots, at most 253',
    ],
    'by property': [
      { sparkConf: { 'spark.kubernetes.driver.pod.name': 'Not_Valid' } },
      'spec.sparkConf["spark.kubernetes.driver.pod.name"]: "Not_Valid" is not a name of a pod: use lower-case letters, digits, dashes and dots, at most 253',
    ],
    'a name with dots': [{ driver: { podName: 'my.driver-1' } }],
  },
  referenceNotName: {
    'of every kind': [
      {
        sparkConfigMap: 'Spark_Conf',
        imagePullSecrets: ['ok', ''],
        driver: { serviceAccount: 'My SA', secrets: [{ name: 'a_b', path: '/s', secretType: 'Generic' }] },
        executor: { configMaps: [{ name: 'UP', path: '/c' }], priorityClassName: 'high' },
      },
      'spec.sparkConfigMap: "Spark_Conf" cannot be the name of an object: use lower-case letters, digits, dashes and dots',
      'spec.imagePullSecrets[1]: is empty: give a name or leave it out',
      'spec.driver.secrets[0].name: "a_b" cannot be the name of an object: use lower-case letters, digits, dashes and dots',
      'spec.driver.serviceAccount: "My SA" cannot be the name of an object: use lower-case letters, digits, dashes and dots',
      'spec.executor.configMaps[0].name: "UP" cannot be the name of an object: use lower-case letters, digits, dashes and dots',
    ],
  },
});
