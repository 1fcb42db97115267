import { confPath, when } from '../../validation/check.ts';
import { confDefaults } from '../conf-defaults.ts';
import { entryPath, type Check } from './check.ts';

const HADOOP_PREFIX = 'spark.hadoop.';

/** Spark drops such keys, the API of Hadoop has another field. */
export const keyNotSpark: Check = ({ sparkConf = {} }) =>
  Object.keys(sparkConf).flatMap((key) =>
    when(
      !key.startsWith('spark.'),
      confPath(key),
      "has no effect: Spark reads only keys that begin with spark. (Hadoop's go into hadoopConf)",
    ),
  );

/** `spark.hadoop.spark.hadoop.…` is what would come of it. */
export const hadoopKeyPrefixed: Check = ({ hadoopConf = {} }) =>
  Object.keys(hadoopConf).flatMap((key) =>
    when(
      key.startsWith(HADOOP_PREFIX),
      entryPath('hadoopConf', key),
      `leave ${HADOOP_PREFIX} out: write ${key.slice(HADOOP_PREFIX.length)}`,
    ),
  );

/** A key that no line of properties and no Java option can carry. */
export const keyUnreadable: Check = ({ sparkConf = {}, hadoopConf = {} }) =>
  [
    ...Object.keys(sparkConf).map((key) => ({ key, field: confPath(key) })),
    ...Object.keys(hadoopConf).map((key) => ({ key, field: entryPath('hadoopConf', key) })),
  ].flatMap(({ key, field }) => when(/[\s=]/.test(key) || key === '', field, 'a key has no blank and no = in it'));

/** One property by two fields: nobody could say which of them counts. */
export const keyTwice: Check = ({ sparkConf = {}, hadoopConf = {} }) =>
  Object.keys(hadoopConf).flatMap((key) =>
    when(
      Object.hasOwn(sparkConf, `${HADOOP_PREFIX}${key}`),
      entryPath('hadoopConf', key),
      `sparkConf["${HADOOP_PREFIX}${key}"] is the same property: keep one of them`,
    ),
  );

/** Properties that are of one application each. */
const ofOneApplication: Readonly<Record<string, string>> = {
  'spark.app.name': 'it is the name of each application',
  'spark.app.submitTime': 'it is the time of each submission',
  'spark.submit.deployMode': 'the driver always runs in a pod',
  'spark.kubernetes.namespace': 'pods run in the namespace of their application',
  'spark.kubernetes.driver.pod.name': 'two applications cannot have a driver pod of one name',
  'spark.kubernetes.executor.podNamePrefix': 'two applications cannot have executors of one name',
  'spark.kubernetes.driver.podTemplateContainerName': 'it belongs to the template of an application',
  'spark.kubernetes.executor.podTemplateContainerName': 'it belongs to the template of an application',
  'spark.driver.host': 'it is the Service of each driver',
};

/** Defaults are for many applications. */
export const keyOfOneApplication: Check = (spec) =>
  confDefaults(spec).flatMap(({ key }) => {
    const reason = ofOneApplication[key];
    return reason === undefined ? [] : [{ field: confPath(key), message: `cannot be a default: ${reason}` }];
  });
