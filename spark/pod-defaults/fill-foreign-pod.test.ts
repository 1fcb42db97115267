import { describe, expect, it } from '@jest/globals';
import type { EnvVar, Pod } from '../../api/kubernetes.ts';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { somePodDefaults } from '../../test/builders.ts';
import { fillForeignPod } from './fill-foreign-pod.ts';

const driver = (...env: readonly EnvVar[]): Pod => ({
  spec: { containers: [{ name: 'spark-kubernetes-driver', env }] },
});
const envOf = ({ spec }: Pod): readonly EnvVar[] | undefined => spec?.containers[0]?.env;
const OPTS = 'SPARK_SUBMIT_OPTS';

const s3 = somePodDefaults({
  sparkConf: { 'spark.eventLog.enabled': 'true' },
  hadoopConf: { 'fs.s3a.endpoint': 'http://s3:9000' },
});
const options = '-Dspark.eventLog.enabled=true -Dspark.hadoop.fs.s3a.endpoint=http://s3:9000';

interface Case {
  readonly has?: readonly EnvVar[];
  readonly given?: SparkPodDefaultsSpec;
  readonly want: readonly EnvVar[];
  readonly overridden?: readonly string[];
}

const cases: Record<string, Case> = {
  'properties become Java options': { want: [{ name: OPTS, value: options }] },
  'in front of those that the pod has, where they stand': {
    has: [
      { name: OPTS, value: '-Dmine=1' },
      { name: 'A', value: '1' },
    ],
    want: [
      { name: OPTS, value: `${options} -Dmine=1` },
      { name: 'A', value: '1' },
    ],
  },
  'a key that the pod has stays its own': {
    has: [{ name: OPTS, value: '-Dspark.eventLog.enabled=false' }],
    want: [{ name: OPTS, value: '-Dspark.hadoop.fs.s3a.endpoint=http://s3:9000 -Dspark.eventLog.enabled=false' }],
    overridden: ['driver sparkConf spark.eventLog.enabled'],
  },
  'options that come from elsewhere are left alone': {
    has: [{ name: OPTS, valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
    want: [{ name: OPTS, valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
    overridden: ['driver sparkConf spark.eventLog.enabled', 'driver hadoopConf fs.s3a.endpoint'],
  },
  'options that Spark will refuse, too': {
    has: [{ name: OPTS, value: '-Dx="open' }],
    want: [{ name: OPTS, value: '-Dx="open' }],
    overridden: ['driver sparkConf spark.eventLog.enabled', 'driver hadoopConf fs.s3a.endpoint'],
  },
  'neither Spark nor the kubelet reads anything into a value': {
    given: { sparkConf: { 'spark.a': 'it\'s "so" \\ $(HOME) ${spark.b} $$' } },
    want: [{ name: OPTS, value: '"-Dspark.a=it\'s \\"so\\" \\\\ $$(HOME) $${spark.b} $$$$"' }],
  },
};

describe('fillForeignPod', () => {
  it.each(Object.entries(cases))('%s', (_name, { has = [], given, want, overridden = [] }) => {
    const defaults = given === undefined ? s3 : somePodDefaults(given);
    const filled = fillForeignPod(driver(...has), 'driver', [defaults]);
    expect(envOf(filled.pod)).toEqual(want);
    expect(filled.overridden.map(({ entry }) => entry)).toEqual(overridden);
    expect(filled.overridden.every(({ by }) => by === 'the pod')).toBe(true);
    expect(filled.warnings).toEqual([]);
    expect(fillForeignPod(filled.pod, 'driver', [defaults])).toMatchObject({ pod: filled.pod, applied: {} });
  });

  it('gives executors the pod fields only', () => {
    const both = somePodDefaults({ ...s3.spec, env: [{ name: 'A', value: '1' }] });
    expect(envOf(fillForeignPod(driver(), 'executor', [both]).pod)).toEqual([{ name: 'A', value: '1' }]);
  });

  it('says what comes too late for a driver that exists, and gives the rest', () => {
    const late = somePodDefaults({ sparkConf: { 'spark.driver.memory': '4g', 'spark.executor.memory': '4g' } });
    const { pod, warnings } = fillForeignPod(driver(), 'driver', [late]);
    expect(envOf(pod)).toEqual([{ name: OPTS, value: '-Dspark.executor.memory=4g' }]);
    expect(warnings).toEqual([
      'SparkPodDefaults spark-operator/site: sparkConf spark.driver.memory comes too late for a driver pod that is submitted already',
    ]);
  });

  it('never writes a credential, nor anything else of defaults that hold one', () => {
    const bad = somePodDefaults({ hadoopConf: { 'fs.s3a.secret.key': 'wJalrXUtnFEMI', 'fs.s3a.endpoint': 'x' } });
    const { pod, warnings } = fillForeignPod(driver(), 'driver', [bad]);
    expect(pod).toEqual(driver());
    expect(warnings).toEqual([expect.stringContaining('spark-operator/site is passed over: spec.hadoopConf')]);
    expect(JSON.stringify(warnings)).not.toContain('wJalrXUtnFEMI');
  });
});
