import { describe, expect, it } from '@jest/globals';
import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { anApp } from '../../test/builders.ts';
import { effectiveConf } from './effective-conf.ts';
import { chooseLane } from './lane.ts';
import type { LaneChoice } from './lane.ts';

const choose = (spec: Partial<SparkApplicationSpec>): LaneChoice => {
  const app = anApp({ spec });
  return chooseLane(app, effectiveConf({ app, submissionId: 'id', masterUrl: 'https://api', submitTime: 0 }));
};
const conf = (key: string, value: string): Partial<SparkApplicationSpec> => ({ sparkConf: { [key]: value } });

const VOLUMES = 'spark.kubernetes.driver.volumes';

const native: Record<string, Partial<SparkApplicationSpec>> = {
  'a jar in the image': {},
  'a remote jar with its class': { mainApplicationFile: 's3a://bucket/app.jar' },
  'remote dependencies': {
    deps: { jars: ['https://example.org/a.jar', 's3a://bucket/b.jar'], files: ['hdfs:///f#x'] },
  },
  'packages, which the driver resolves': { deps: { packages: ['org.example:lib:1.0'] } },
  'a pattern that nobody expands': { deps: { jars: ['https://example.org/*.jar'] } },
  'a keytab in the image': {
    sparkConf: { 'spark.kerberos.keytab': 'local:///etc/k.keytab', 'spark.kerberos.principal': 'p' },
  },
  'without the step that we leave out anyway': {
    sparkVersion: '4.2.1',
    ...conf(
      'spark.kubernetes.driver.pod.excludedFeatureSteps',
      'org.apache.spark.deploy.k8s.features.NetworkPolicyFeatureStep',
    ),
  },
  'a property of a later version': conf('spark.kubernetes.driver.pod.excludedFeatureSteps', 'anything'),
  'a version that nobody told': { sparkVersion: '', image: 'mine' },
};

const bySparkSubmit: Record<string, { given: Partial<SparkApplicationSpec>; reason: RegExp }> = {
  'when it is asked for': { given: { submission: { lane: 'SparkSubmit' } }, reason: /spec.submission.lane/ },
  'an untested version': { given: { sparkVersion: '3.3.0' }, reason: /Spark 3.3.0/ },
  'Java classes that change the pod': {
    given: conf('spark.kubernetes.driver.pod.featureSteps', 'org.example.Step'),
    reason: /featureSteps/,
  },
  'steps left out': {
    given: { sparkVersion: '4.1.4', ...conf('spark.kubernetes.driver.pod.excludedFeatureSteps', 'org.example.Step') },
    reason: /org.example.Step/,
  },
  'a pattern in a Hadoop file system': { given: { deps: { jars: ['s3a://bucket/*.jar'] } }, reason: /pattern/ },
  'a keytab of the submitter': {
    given: { sparkConf: { 'spark.kerberos.keytab': 'hdfs:///k', 'spark.kerberos.principal': 'p' } },
    reason: /keytab/,
  },
  'a remote jar without its class': {
    given: { mainApplicationFile: 's3a://bucket/app.jar', mainClass: '' },
    reason: /mainClass/,
  },
  'a claim with a fixed name to be made': {
    given: {
      sparkConf: {
        [`${VOLUMES}.persistentVolumeClaim.data.mount.path`]: '/data',
        [`${VOLUMES}.persistentVolumeClaim.data.options.claimName`]: 'mine',
        [`${VOLUMES}.persistentVolumeClaim.data.options.storageClass`]: 'fast',
        [`${VOLUMES}.persistentVolumeClaim.data.options.sizeLimit`]: '5Gi',
      },
    },
    reason: /fixed name/,
  },
};

const rejected: Record<string, { given: Partial<SparkApplicationSpec>; rule: string; field?: string }> = {
  'no image': { given: { image: '' }, rule: 'driverImageMissing', field: 'spec.image' },
  'a Python application in a jar': { given: { type: 'Python' }, rule: 'fileEndingWrong' },
  'a file of the submitter': {
    given: { mainApplicationFile: '/opt/app.jar' },
    rule: 'fileOfSubmitter',
    field: 'spec.mainApplicationFile',
  },
  'a dependency of the submitter': {
    given: { deps: { files: ['file:///etc/passwd'] } },
    rule: 'fileOfSubmitter',
    field: 'spec.deps.files',
  },
  'a shell': { given: { mainClass: 'org.apache.spark.repl.Main' }, rule: 'mainClassIsShell' },
  'Python 2': { given: { pythonVersion: '2' }, rule: 'python2Refused', field: 'spec.pythonVersion' },
  'a proxy user with a principal': {
    given: {
      proxyUser: 'alice',
      sparkConf: { 'spark.kerberos.principal': 'p', 'spark.kerberos.keytab': 'local:///k' },
    },
    rule: 'proxyUserWithPrincipal',
  },
  'memory of a field': { given: { driver: { memory: '1Gi' } }, rule: 'memoryNotPositive', field: 'spec.driver.memory' },
  'memory of a property': {
    given: { driver: {}, ...conf('spark.driver.memory', 'x') },
    rule: 'memoryNotPositive',
    field: 'spec.sparkConf["spark.driver.memory"]',
  },
  'an overhead': { given: { executor: { memoryOverhead: 'x' } }, rule: 'overheadUnreadable' },
  'a factor': { given: { memoryOverheadFactor: '-1' }, rule: 'factorNotPositive', field: 'spec.memoryOverheadFactor' },
  'no executors': { given: { executor: { instances: 0 } }, rule: 'countNotPositive', field: 'spec.executor.instances' },
  'a GPU without vendor': {
    given: conf('spark.driver.resource.gpu.amount', '1'),
    rule: 'customResourceIncomplete',
    field: 'spec.sparkConf["spark.driver.resource.gpu.vendor"]',
  },
  'half a GPU': { given: conf('spark.driver.resource.gpu.amount', '0.5'), rule: 'customResourceIncomplete' },
  'a label of Spark': { given: { executor: { labels: { 'spark-role': 'x' } } }, rule: 'labelReserved' },
  'a word that is none': { given: { imagePullPolicy: 'Often' }, rule: 'wordUnknown', field: 'spec.imagePullPolicy' },
  'an address family': { given: conf('spark.kubernetes.driver.service.ipFamilies', 'IPv5'), rule: 'ipFamiliesUnknown' },
  'a bind address': { given: conf('spark.driver.bindAddress', '::'), rule: 'bindAddressSet' },
  'a port': { given: conf('spark.ui.port', '0'), rule: 'portOutOfRange' },
  'a reference to a secret': {
    given: conf('spark.kubernetes.executor.secretKeyRef.A', 'x'),
    rule: 'secretKeyRefMalformed',
  },
  'half of a pair': { given: conf('spark.kerberos.principal', 'p'), rule: 'otherHalfMissing' },
  'an invisible character': { given: conf('spark.test', 'a\u007fb'), rule: 'deleteCharacter' },
  'a volume of another type': { given: conf(`${VOLUMES}.cephfs.a.mount.path`, '/a'), rule: 'volumeTypeUnknown' },
  'a volume without its option': { given: conf(`${VOLUMES}.hostPath.a.mount.path`, '/a'), rule: 'volumeOptionMissing' },
  'two sub-paths': {
    given: {
      sparkConf: {
        [`${VOLUMES}.emptyDir.a.mount.path`]: '/a',
        [`${VOLUMES}.emptyDir.a.mount.subPath`]: 'x',
        [`${VOLUMES}.emptyDir.a.mount.subPathExpr`]: 'y',
      },
    },
    rule: 'subPathTwice',
  },
  'a size without unit': {
    given: {
      sparkConf: { [`${VOLUMES}.emptyDir.a.mount.path`]: '/a', [`${VOLUMES}.emptyDir.a.options.sizeLimit`]: '5' },
    },
    rule: 'sizeWithoutUnit',
  },
  'two volumes at one path': {
    given: { sparkConf: { [`${VOLUMES}.emptyDir.a.mount.path`]: '/a', [`${VOLUMES}.emptyDir.b.mount.path`]: '/a' } },
    rule: 'mountPathTwice',
    field: 'spec.driver.volumeMounts',
  },
  'a scratch volume that is not declared': {
    given: { driver: { volumeMounts: [{ name: 'spark-local-dir-1', mountPath: '/a' }] } },
    rule: 'scratchVolumeUndeclared',
  },
  'a time of submission that is none': { given: conf('spark.app.submitTime', 'today'), rule: 'submitTimeUnreadable' },
  'more properties than a ConfigMap holds': {
    given: conf('spark.test', 'ä'.repeat(600_000)),
    rule: 'propertiesTooLarge',
  },
  'the native lane for what it cannot do': {
    given: { submission: { lane: 'Native' }, ...conf('spark.kubernetes.driver.pod.featureSteps', 'org.example.Step') },
    rule: 'nativeLaneImpossible',
    field: 'spec.submission.lane',
  },
};

describe('chooseLane', () => {
  it.each(Object.entries(native))('takes the native lane for %s', (_name, given) => {
    expect(choose(given)).toEqual({ lane: 'Native' });
  });

  it.each(Object.entries(bySparkSubmit))('leaves to spark-submit: %s', (_name, { given, reason }) => {
    expect(choose(given)).toEqual({ lane: 'SparkSubmit', reasons: [expect.stringMatching(reason)] });
  });

  it.each(Object.entries(rejected))('rejects: %s', (_name, { given, rule, field }) => {
    const choice = choose(given);
    expect(choice).toMatchObject({
      lane: 'Rejected',
      violations: [{ rule, ...(field === undefined ? {} : { field }) }],
    });
  });

  it('does not count executors that are allocated as needed', () => {
    expect(choose({ executor: { instances: 0 }, dynamicAllocation: { enabled: true } }).lane).toBe('Native');
  });
});
