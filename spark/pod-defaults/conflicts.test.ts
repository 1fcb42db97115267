import { describe, expect, it } from '@jest/globals';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { somePodDefaults } from '../../test/builders.ts';
import { podDefaultsConflicts } from './validate.ts';

const team = (name: string): SparkPodDefaultsSpec => ({ selector: { matchLabels: { team: name } } });

const cases: Record<string, { given: SparkPodDefaultsSpec; other: SparkPodDefaultsSpec; want: readonly string[] }> = {
  'a property, whichever field it is in': {
    given: { hadoopConf: { a: '1' } },
    other: { sparkConf: { 'spark.hadoop.a': '2' } },
    want: ['property spark.hadoop.a'],
  },
  'the same value is no conflict': { given: { hadoopConf: { a: '1' } }, other: { hadoopConf: { a: '1' } }, want: [] },
  'affinity of one role': {
    given: { role: 'Driver', affinity: { podAffinity: {} } },
    other: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } } },
    want: ['driver affinity podAffinity'],
  },
  'other roles never meet': {
    given: { role: 'Driver', env: [{ name: 'A', value: '1' }] },
    other: { role: 'Executor', env: [{ name: 'A', value: '2' }] },
    want: [],
  },
  'one path, two volumes': {
    given: { role: 'Driver', configMaps: [{ name: 'a', path: '/etc/x' }] },
    other: { role: 'Driver', secrets: [{ name: 'a', path: '/etc/x/' }] },
    want: ['driver volumeMount /etc/x'],
  },
  'tolerations stand side by side': {
    given: { tolerations: [{ key: 'a' }] },
    other: { tolerations: [{ key: 'a', effect: 'NoSchedule' }] },
    want: [],
  },
  'applications of two teams never meet': {
    given: { ...team('a'), labels: { cost: 'a' } },
    other: { ...team('b'), labels: { cost: 'b' } },
    want: [],
  },
  'nor do lists without a common value': {
    given: {
      namespaceSelector: { matchExpressions: [{ key: 't', operator: 'In', values: ['a', 'b'] }] },
      sparkConf: { 'spark.x': '1' },
    },
    other: { namespaceSelector: { matchLabels: { t: 'c' } }, sparkConf: { 'spark.x': '2' } },
    want: [],
  },
  'selectors of different labels may meet': {
    given: { ...team('a'), sparkConf: { 'spark.x': '1' } },
    other: { selector: { matchLabels: { tier: 'prod' } }, sparkConf: { 'spark.x': '2' } },
    want: ['property spark.x'],
  },
};

describe('podDefaultsConflicts', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, other, want }) => {
    const texts = podDefaultsConflicts(somePodDefaults(given, { name: 'b' }), [somePodDefaults(other, { name: 'a' })]);
    expect(texts).toEqual(
      want.map(
        (entry) =>
          `${entry} is also set by SparkPodDefaults spark-operator/a, to something else: ` +
          'where both are selected, spark-operator/a wins, whose name comes first',
      ),
    );
  });

  it('asks the same namespace only, and not the object itself', () => {
    const object = somePodDefaults({ sparkConf: { 'spark.x': '1' } });
    const others = [
      somePodDefaults({ sparkConf: { 'spark.x': '2' } }),
      somePodDefaults({ sparkConf: { 'spark.x': '2' } }, { name: 'other', namespace: 'team-a' }),
    ];
    expect(podDefaultsConflicts(object, others)).toEqual([]);
  });
});
