import { describe, expect, it } from '@jest/globals';
import type { SparkPodDefaultsSpec } from '../../api/sparkpoddefaults.ts';
import { somePodDefaults } from '../../test/builders.ts';
import { violationText } from '../validation/violation.ts';
import { podDefaultsRules, validatePodDefaults } from './validate.ts';

const OPERATOR = 'spark-operator';
const volume = { name: 'v', hostPath: { path: '/v' } };
const mount = { name: 'v', mountPath: '/v' };
const CREDENTIAL =
  'looks like a credential, and would lie open in pods and ConfigMaps: put it into a Secret and give it as env with valueFrom.secretKeyRef';

/** By rule: sentences with a specification and what the rule says of it; nothing when all is well. */
const tables: Record<string, Record<string, readonly [SparkPodDefaultsSpec, ...string[]]>> = {
  ownedKeySet: {
    'a key of the operator': [
      { sparkConf: { 'spark.app.id': 'x' } },
      'spec.sparkConf["spark.app.id"]: cannot be set here: the operator derives the id from the attempt; status.sparkApplicationId tells it',
    ],
  },
  ownedPrefixSet: {
    'a label of the operator by property': [
      { sparkConf: { 'spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name': 'x' } },
      'spec.sparkConf["spark.kubernetes.driver.label.sparkoperator.k8s.io/app-name"]: cannot be set here: these labels belong to the operator',
    ],
  },
  credentialSet: {
    'a token for the API server': [
      { sparkConf: { 'spark.kubernetes.authenticate.driver.oauthTokenFile': '/x' } },
      'spec.sparkConf["spark.kubernetes.authenticate.driver.oauthTokenFile"]: cannot be set here: driver and executors use the token of their service account (driver.serviceAccount)',
    ],
  },
  referenceNotName: {
    'no possible name': [
      { secrets: [{ name: 'A_B', path: '/s' }], imagePullSecrets: [''] },
      'spec.imagePullSecrets[0]: is empty: give a name or leave it out',
      'spec.secrets[0].name: "A_B" cannot be the name of an object: use lower-case letters, digits, dashes and dots',
    ],
  },
  volumeTwice: {
    'one name, two volumes': [
      { volumes: [volume, volume], volumeMounts: [mount] },
      'spec.volumes: has two volumes with the name "v": give each a name of its own',
    ],
  },
  mountPathInvalid: {
    'a relative folder': [
      { configMaps: [{ name: 'c', path: 'etc' }] },
      'spec.configMaps[0].path: "etc" is not an absolute path: write the folder to mount at, such as /etc/config',
    ],
  },
  ownedLabelSet: {
    "Spark's and the operator's": [
      { labels: { 'spark-role': 'driver', 'sparkoperator.k8s.io/app-name': 'x', fine: 'yes' } },
      'spec.labels["spark-role"]: cannot be set: Spark finds its pods by it',
      'spec.labels["sparkoperator.k8s.io/app-name"]: cannot be set: the operator finds its pods by it',
    ],
  },
  labelInvalid: {
    'a value with a blank': [
      { labels: { team: 'a b' } },
      'spec.labels["team"]: "a b" is not a label value: at most 63 letters, digits, -, _ and ., with a letter or digit at both ends',
    ],
  },
  envNameInvalid: {
    'an = in it': [
      { env: [{ name: 'A=B', value: '' }] },
      'spec.env[0].name: "A=B" is not a name of an environment variable: use letters, digits and _',
    ],
  },
  envValueTwice: {
    'from two places': [
      { env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] },
      'spec.env[0]: has both value and valueFrom: keep one of them',
    ],
  },
  selectorInvalid: {
    'In without values, Exists with some': [
      {
        selector: { matchExpressions: [{ key: 'a', operator: 'In' }] },
        namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x'] }] },
      },
      'spec.selector.matchExpressions[0].values: is missing: In needs at least one value',
      'spec.namespaceSelector.matchExpressions[0].values: must be left out: Exists takes none',
    ],
  },
  keyNotSpark: {
    'a key of Hadoop': [
      { sparkConf: { 'fs.s3a.endpoint': 'x' } },
      'spec.sparkConf["fs.s3a.endpoint"]: has no effect: Spark reads only keys that begin with spark. (Hadoop\'s go into hadoopConf)',
    ],
  },
  hadoopKeyPrefixed: {
    'the prefix is written': [
      { hadoopConf: { 'spark.hadoop.fs.s3a.endpoint': 'x' } },
      'spec.hadoopConf["spark.hadoop.fs.s3a.endpoint"]: leave spark.hadoop. out: write fs.s3a.endpoint',
    ],
  },
  keyUnreadable: {
    'a blank': [{ sparkConf: { 'spark.a b': 'x' } }, 'spec.sparkConf["spark.a b"]: a key has no blank and no = in it'],
  },
  keyTwice: {
    'by both fields': [
      { sparkConf: { 'spark.hadoop.a': '1' }, hadoopConf: { a: '1' } },
      'spec.hadoopConf["a"]: sparkConf["spark.hadoop.a"] is the same property: keep one of them',
    ],
  },
  keyOfOneApplication: {
    'the name of a driver pod': [
      { sparkConf: { 'spark.kubernetes.driver.pod.name': 'd' } },
      'spec.sparkConf["spark.kubernetes.driver.pod.name"]: cannot be a default: two applications cannot have a driver pod of one name',
    ],
  },
  credentialInPlain: {
    'keys of S3, passwords and tokens': [
      {
        sparkConf: { 'spark.ssl.keyPassword': 'hunter2', 'spark.executorEnv.AWS_SECRET_ACCESS_KEY': 'abc+/x' },
        hadoopConf: {
          'fs.s3a.access.key': 'AKIAIOSFODNN7EXAMPLE',
          'fs.s3a.bucket.data.secret.key': 'wJalrXUtnFEMI',
          'fs.azure.account.key.lake.dfs.core.windows.net': 'aGVsbG8=',
        },
        env: [{ name: 'GITLAB_TOKEN', value: 'glpat-x' }],
      },
      `spec.sparkConf["spark.ssl.keyPassword"]: ${CREDENTIAL}`,
      `spec.sparkConf["spark.executorEnv.AWS_SECRET_ACCESS_KEY"]: ${CREDENTIAL}`,
      `spec.hadoopConf["fs.s3a.access.key"]: ${CREDENTIAL}`,
      `spec.hadoopConf["fs.s3a.bucket.data.secret.key"]: ${CREDENTIAL}`,
      `spec.hadoopConf["fs.azure.account.key.lake.dfs.core.windows.net"]: ${CREDENTIAL}`,
      `spec.env[0].value: ${CREDENTIAL}`,
    ],
    'names of classes, files, Secrets and switches': [
      {
        sparkConf: {
          'spark.kubernetes.driver.secretKeyRef.AWS_SECRET_ACCESS_KEY': 's3:secret',
          'spark.kubernetes.driver.secrets.s3-secret': '/mnt/s3',
          'spark.kubernetes.kerberos.tokenSecret.name': 'tokens',
          'spark.security.credentials.hive.enabled': 'false',
          'spark.authenticate.secret.file': '/etc/secret',
        },
        hadoopConf: {
          'fs.s3a.aws.credentials.provider': 'org.example.Provider',
          'hadoop.security.credential.provider.path': 'jceks://file/x',
          'fs.s3a.access.key': '${env.AWS_ACCESS_KEY_ID}',
          'dfs.block.access.token.enable': 'true',
        },
        env: [
          { name: 'HADOOP_TOKEN_FILE_LOCATION', value: '/tokens/hadoop.token' },
          { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 's3', key: 'k' } } },
        ],
      },
    ],
  },
  envTwice: {
    'one name, two variables': [
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      'spec.env: has "A" twice: keep one of them',
    ],
  },
  envSetBySpark: {
    "Spark's own of executors, with and without another way": [
      {
        role: 'Executor',
        env: [
          { name: 'SPARK_USER', value: 'x' },
          { name: 'SPARK_LOCAL_DIRS', value: '/x' },
        ],
      },
      'spec.env[0].name: Spark sets SPARK_USER of executors itself: use sparkConf["spark.executorEnv.SPARK_USER"]',
      'spec.env[1].name: Spark sets SPARK_LOCAL_DIRS of executors itself: leave it out',
    ],
    "of drivers, and the options that carry a foreign driver's properties": [
      {
        role: 'Driver',
        env: [
          { name: 'SPARK_CONF_DIR', value: '/x' },
          { name: 'SPARK_SUBMIT_OPTS', value: '-Dx' },
        ],
      },
      'spec.env[0].name: Spark sets SPARK_CONF_DIR of drivers itself: leave it out',
      'spec.env[1].name: use sparkConf for properties',
    ],
    'what Spark sets for the other role only': [{ role: 'Driver', env: [{ name: 'SPARK_EXECUTOR_ID', value: 'x' }] }],
  },
  volumeMountPathInvalid: {
    relative: [
      { volumes: [volume], volumeMounts: [{ name: 'v', mountPath: 'v' }] },
      'spec.volumeMounts[0].mountPath: "v" is not an absolute path: write the folder to mount at, such as /cvmfs',
    ],
  },
  mountWithoutVolume: {
    nowhere: [
      { volumeMounts: [mount], sparkConf: { 'spark.kubernetes.driver.volumes.hostPath.v.mount.path': '/w' } },
      'spec.volumeMounts[0].name: there is no volume "v": add it to spec.volumes',
    ],
  },
  mountPathTwice: {
    'a slash is no difference, nor is the field': [
      { volumes: [volume], volumeMounts: [mount], secrets: [{ name: 's', path: '/v/' }] },
      'spec.volumeMounts: two of volumeMounts, configMaps and secrets are mounted at "/v": give each a path of its own',
    ],
  },
  volumeUnmounted: {
    'no mount': [
      { volumes: [volume] },
      'spec.volumes[0]: "v" is not mounted: add a volumeMount with this name, or take the volume out',
    ],
  },
  volumeSourceNotOne: {
    'none, and two': [
      { volumes: [{ name: 'a' }, { name: 'b', emptyDir: {}, hostPath: { path: '/' } }, volume] },
      'spec.volumes[0]: "a" needs one source, such as persistentVolumeClaim, hostPath or csi',
      'spec.volumes[1]: "b" needs one source, such as persistentVolumeClaim, hostPath or csi',
    ],
  },
  volumeOfSpark: {
    "Spark's names": [
      { volumes: [{ name: 'hadoop-properties' }, { name: 'spark-local-dir-1' }] },
      'spec.volumes[0].name: "hadoop-properties" is a volume of Spark\'s: take another name',
      'spec.volumes[1].name: scratch space is mounted by Spark itself: use sparkConf["spark.kubernetes.executor.volumes.<type>.spark-local-dir-1.mount.path"] and its options',
    ],
  },
  mountHidesSpark: {
    "Spark's folder": [
      { configMaps: [{ name: 'c', path: '/opt/spark/conf/' }] },
      'spec.configMaps[0].path: "/opt/spark/conf/" is Spark\'s own folder: mount at another path',
    ],
  },
  labelWithPlaceholder: {
    'an id that nobody fills in': [
      { labels: { app: '{{APP_ID}}' } },
      'spec.labels["app"]: is set as it stands: {{APP_ID}} and its like work only in sparkConf["spark.kubernetes.driver.label.…"]',
    ],
  },
  nodeSelectorInvalid: {
    'no label of a node': [
      { nodeSelector: { 'a b': 'c' } },
      'spec.nodeSelector["a b"]: is not a label key: use letters, digits, -, _ and ., with an optional prefix and /',
    ],
  },
  annotationInvalid: {
    'no key, and one of the operator': [
      { annotations: { 'a b': 'any text', 'sparkoperator.k8s.io/x': 'y', fine: 'any text' } },
      'spec.annotations["a b"]: is not a label key: use letters, digits, -, _ and ., with an optional prefix and /',
      'spec.annotations["sparkoperator.k8s.io/x"]: cannot be set: it belongs to the operator',
    ],
  },
};

const said = (rule: string, spec: SparkPodDefaultsSpec, namespace = OPERATOR): readonly string[] =>
  validatePodDefaults(somePodDefaults(spec, { namespace }), OPERATOR)
    .filter((violation) => violation.rule === rule)
    .map(violationText);

describe('validatePodDefaults', () => {
  describe.each(Object.entries(tables))('%s', (rule, cases) => {
    it.each(Object.entries(cases))('%s', (_name, [spec, ...want]) => {
      expect(said(rule, spec)).toEqual(want);
    });
  });

  it.each([
    ['namespaceSelectorElsewhere', { namespaceSelector: {} }, 'spec.namespaceSelector: works in the operator'],
    ['propagateElsewhere', { propagate: true }, 'spec.propagate: works in the operator'],
  ])('%s: only elsewhere', (rule, spec, want) => {
    expect(said(rule, spec)).toEqual([]);
    expect(said(rule, spec, 'team-a')).toEqual([expect.stringContaining(want)]);
  });

  it('has a case for every rule', () => {
    expect([...Object.keys(tables), 'namespaceSelectorElsewhere', 'propagateElsewhere'].sort()).toEqual(
      Object.keys(podDefaultsRules).sort(),
    );
  });

  it('looks no closer at what is not of its type', () => {
    // As it passes the CRD, which keeps volumes open.
    const spec = JSON.parse('{"volumes": [{"name": "v", "hostPath": "/x"}], "affinity": []}') as SparkPodDefaultsSpec;
    const violations = validatePodDefaults(somePodDefaults(spec), OPERATOR);
    expect(new Set(violations.map(({ rule }) => rule))).toEqual(new Set(['partOfWrongType']));
    expect(violations.map(({ field }) => field)).toEqual(['spec.volumes[0].hostPath', 'spec.affinity']);
  });
});
