import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { anApp, somePodDefaults } from '../../test/builders.ts';
import { fillConf } from './fill-conf.ts';

interface Case {
  readonly app?: Partial<SparkApplicationSpec>;
  readonly given: SparkPodDefaultsSpec;
  /** The application's properties afterwards. */
  readonly want?: Readonly<Record<string, string>>;
  readonly overridden?: readonly string[];
}

const cases: Record<string, Case> = {
  'a key that nobody sets': {
    given: { sparkConf: { 'spark.x': '1' }, hadoopConf: { 'fs.a': '2' } },
    want: { 'spark.x': '1', 'spark.hadoop.fs.a': '2' },
  },
  'a key of sparkConf': {
    app: { sparkConf: { 'spark.x': 'mine' } },
    given: { sparkConf: { 'spark.x': '1' } },
    want: { 'spark.x': 'mine' },
    overridden: ['sparkConf spark.x'],
  },
  'the same value': {
    app: { sparkConf: { 'spark.x': '1' } },
    given: { sparkConf: { 'spark.x': '1' } },
    want: { 'spark.x': '1' },
  },
  'hadoopConf of the application and a property of the site': {
    app: { hadoopConf: { 'fs.a': 'mine' } },
    given: { sparkConf: { 'spark.hadoop.fs.a': '1' } },
    overridden: ['sparkConf spark.hadoop.fs.a'],
  },
  'a property of the application and hadoopConf of the site': {
    app: { sparkConf: { 'spark.hadoop.fs.a': 'mine' } },
    given: { hadoopConf: { 'fs.a': '1' } },
    want: { 'spark.hadoop.fs.a': 'mine' },
    overridden: ['hadoopConf fs.a'],
  },
  'fields that become properties': {
    app: { memoryOverheadFactor: '0.2', executor: { memory: '2g', instances: 2 }, imagePullPolicy: 'Always' },
    given: {
      sparkConf: {
        'spark.executor.memory': '4g',
        'spark.executor.instances': '9',
        'spark.kubernetes.memoryOverheadFactor': '0.4',
        'spark.kubernetes.container.image.pullPolicy': 'Never',
        'spark.executor.cores': '4',
      },
    },
    want: { 'spark.executor.cores': '4' },
    overridden: [
      'sparkConf spark.executor.memory',
      'sparkConf spark.executor.instances',
      'sparkConf spark.kubernetes.memoryOverheadFactor',
      'sparkConf spark.kubernetes.container.image.pullPolicy',
    ],
  },
  'jars beside the main jar': {
    given: { sparkConf: { 'spark.jars': 'local:///site.jar' } },
    want: { 'spark.jars': 'local:///site.jar' },
  },
  'jars of the application': {
    app: { deps: { jars: ['local:///mine.jar'] } },
    given: { sparkConf: { 'spark.jars': 'local:///site.jar' } },
    overridden: ['sparkConf spark.jars'],
  },
  'Java options beside the exporter of metrics, and its own property': {
    app: {
      monitoring: {
        exposeDriverMetrics: true,
        exposeExecutorMetrics: true,
        prometheus: { jmxExporterJar: '/jmx.jar' },
      },
      executor: { javaOptions: '-Dmine' },
    },
    given: {
      sparkConf: {
        'spark.driver.extraJavaOptions': '-Dsite',
        'spark.executor.extraJavaOptions': '-Dsite',
        'spark.metrics.conf': '/site',
      },
    },
    want: { 'spark.driver.extraJavaOptions': '-Dsite' },
    overridden: ['sparkConf spark.executor.extraJavaOptions', 'sparkConf spark.metrics.conf'],
  },
};

describe('fillConf', () => {
  it.each(Object.entries(cases))('%s', (_name, { app: spec, given, want, overridden = [] }) => {
    const app = anApp({ spec: { ...spec } });
    const filled = fillConf(app, [somePodDefaults(given)]);
    expect(filled.app).toEqual(want === undefined ? app : { ...app, spec: { ...app.spec, sparkConf: want } });
    expect(filled.overridden).toEqual(
      overridden.map((entry) => ({ defaults: 'spark-operator/site', entry, by: 'the application' })),
    );
  });

  it('takes the first of two, and names it', () => {
    const team = somePodDefaults({ sparkConf: { 'spark.x': '1' } }, { name: 'team', namespace: 'team-a' });
    const site = somePodDefaults({ sparkConf: { 'spark.x': '2', 'spark.y': '3' } });
    expect(fillConf(anApp(), [team, site])).toMatchObject({
      app: { spec: { sparkConf: { 'spark.x': '1', 'spark.y': '3' } } },
      applied: { 'team-a/team': 1, 'spark-operator/site': 1 },
      givenBy: { 'spark.x': 'team-a/team', 'spark.y': 'spark-operator/site' },
      overridden: [{ defaults: 'spark-operator/site', entry: 'sparkConf spark.x', by: 'SparkPodDefaults team-a/team' }],
    });
  });
});
