import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../api/sparkapplication.ts';
import { anApp } from '../test/builders.ts';
import { specWithDefaults, withDefaults } from './defaulting.ts';

const bare: SparkApplicationSpec = { mainApplicationFile: 'local:///app.jar' };

const cases: Record<string, { given: Partial<SparkApplicationSpec>; want: object }> = {
  'a bare specification gets kubeflow’s defaults': {
    given: {},
    want: {
      type: 'Scala',
      mode: 'cluster',
      driver: { cores: 1, memory: '1g' },
      executor: { cores: 1, memory: '1g', instances: 1 },
      restartPolicy: { type: 'Never' },
    },
  },
  'a Python file makes a Python application': {
    given: { mainApplicationFile: 's3a://b/pi.py' },
    want: { type: 'Python' },
  },
  'an R file makes an R application': { given: { mainApplicationFile: 'local:///dataframe.R' }, want: { type: 'R' } },
  'the type that is said stays': {
    given: { type: 'Java', mainApplicationFile: 'local:///pi.py' },
    want: { type: 'Java' },
  },
  'what the user says stays': {
    given: { driver: { cores: 2, memory: '3g' }, executor: { instances: 4 } },
    want: { driver: { cores: 2, memory: '3g' }, executor: { cores: 1, memory: '1g', instances: 4 } },
  },
  'properties keep their fields unset': {
    given: {
      sparkConf: {
        'spark.driver.cores': '2',
        'spark.driver.memory': '2g',
        'spark.executor.memory': '3g',
        'spark.executor.instances': '5',
      },
    },
    want: { driver: {}, executor: { cores: 1 } },
  },
  'dynamic allocation decides on the executors': {
    given: { dynamicAllocation: { enabled: true } },
    want: {
      executor: { cores: 1, memory: '1g' },
      dynamicAllocation: { enabled: true, shuffleTrackingEnabled: true },
    },
  },
  'dynamic allocation by property as well': {
    given: { sparkConf: { 'spark.dynamicAllocation.enabled': 'true' } },
    want: { executor: { cores: 1, memory: '1g' } },
  },
  'the field switches off what the property switches on': {
    given: { dynamicAllocation: { enabled: false }, sparkConf: { 'spark.dynamicAllocation.enabled': 'true' } },
    want: { executor: { cores: 1, memory: '1g', instances: 1 }, dynamicAllocation: { enabled: false } },
  },
  'shuffle tracking set by property stays with the property': {
    given: {
      dynamicAllocation: { enabled: true },
      sparkConf: { 'spark.dynamicAllocation.shuffleTracking.enabled': 'false' },
    },
    want: { dynamicAllocation: { enabled: true } },
  },
  'a policy that retries gets intervals': {
    given: { restartPolicy: { type: 'OnFailure', onFailureRetries: 3, onFailureRetryInterval: 60 } },
    want: {
      restartPolicy: {
        type: 'OnFailure',
        onFailureRetries: 3,
        onFailureRetryInterval: 60,
        onSubmissionFailureRetryInterval: 5,
      },
    },
  },
};

describe('withDefaults', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(specWithDefaults({ ...bare, ...given })).toMatchObject(want);
  });

  it.each(Object.entries(cases))('twice is once: %s', (_name, { given }) => {
    const once = specWithDefaults({ ...bare, ...given });
    expect(specWithDefaults(once)).toEqual(once);
  });

  it('does not set what the properties set', () => {
    const conf = { 'spark.driver.cores': '2', 'spark.executor.instances': '5', 'spark.driver.memory': '2g' };
    const { driver, executor } = specWithDefaults({ ...bare, sparkConf: conf });
    expect(driver).toEqual({});
    expect(executor).toEqual({ cores: 1, memory: '1g' });
  });

  it('leaves the rest of the application alone', () => {
    const app = anApp({ status: { submissionID: 'x' } });
    expect(withDefaults(app)).toMatchObject({ metadata: app.metadata, status: app.status });
  });
});
