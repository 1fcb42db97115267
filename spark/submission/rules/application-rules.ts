import { driverImage } from '../driver/basic.ts';
import { resources } from '../effective-conf.ts';
import { languageOf } from '../main-application.ts';
import { confField } from '../conf-field.ts';
import { wrongValue } from './rule.ts';
import type { SubmissionRule } from './rule.ts';

export const driverImageMissing: SubmissionRule = (subject) =>
  driverImage(subject) === ''
    ? [{ field: 'spec.image', message: 'is not set: name the image of Spark', rule: 'driverImageMissing' }]
    : [];

/** A jar in the image is opened by nobody before the driver runs, so its manifest cannot tell the class. */
export const mainClassMissing: SubmissionRule = ({ app }) =>
  languageOf(app) === 'java' && (app.spec.mainClass ?? '') === '' && app.spec.mainApplicationFile.startsWith('local:')
    ? [
        {
          field: 'spec.mainClass',
          message: `is not set: name the class with the main method in ${app.spec.mainApplicationFile}`,
          rule: 'mainClassMissing',
        },
      ]
    : [];

const endings = { Python: '.py', R: '.R' } as const;
const languages = { Python: 'python', R: 'r' } as const;

/** spark-submit knows the language by the file's ending only. */
export const fileEndingWrong: SubmissionRule = ({ app }) => {
  const { type, mainApplicationFile } = app.spec;
  if ((type !== 'Python' && type !== 'R') || languageOf(app) === languages[type]) return [];
  return [
    {
      field: 'spec.mainApplicationFile',
      message: `${mainApplicationFile} does not end in ${endings[type]}, but spec.type is ${type}`,
      rule: 'fileEndingWrong',
    },
  ];
};

const notRemote = /^(file:|[^:]*$)/i;
const LOCAL_HINT = 'the operator has no such file: write local:///path for a file in the image, or a remote URI';

/** `file:` and bare paths are files of the submitting machine, and there is none. */
export const fileOfSubmitter: SubmissionRule = (subject) => {
  const { app, conf } = subject;
  const main = app.spec.mainApplicationFile;
  const named = ['spark.jars', 'spark.files', 'spark.archives', 'spark.submit.pyFiles'].flatMap((key) =>
    resources(conf, key)
      .filter((uri) => uri !== main)
      .map((uri) => ({ field: confField(app, key), uri })),
  );
  return [{ field: 'spec.mainApplicationFile', uri: main }, ...named]
    .filter(({ uri }) => notRemote.test(uri))
    .map(({ field, uri }) => ({ field, message: `"${uri}": ${LOCAL_HINT}`, rule: 'fileOfSubmitter' }));
};

const shells: readonly string[] = [
  'org.apache.spark.repl.Main',
  'org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver',
  'org.apache.spark.sql.hive.thriftserver.HiveThriftServer2',
  'org.apache.spark.sql.connect.service.SparkConnectServer',
];

/** spark-submit refuses these in cluster mode. */
export const mainClassIsShell: SubmissionRule = ({ app }) =>
  shells.includes(app.spec.mainClass ?? '')
    ? [
        {
          field: 'spec.mainClass',
          message: `Spark does not run ${app.spec.mainClass ?? ''} in cluster mode`,
          rule: 'mainClassIsShell',
        },
      ]
    : [];

export const python2Refused: SubmissionRule = (subject) =>
  subject.features.refusesPython2 && subject.conf.get('spark.kubernetes.pyspark.pythonVersion') === '2'
    ? [
        wrongValue(
          subject,
          'spark.kubernetes.pyspark.pythonVersion',
          'python2Refused',
          'Spark 3.1 and later has no Python 2',
        ),
      ]
    : [];

export const proxyUserWithPrincipal: SubmissionRule = ({ app, conf }) =>
  (app.spec.proxyUser ?? '') !== '' && conf.raw('spark.kerberos.principal') !== undefined
    ? [
        {
          field: 'spec.proxyUser',
          message: 'cannot be set together with spark.kerberos.principal: keep one of the two',
          rule: 'proxyUserWithPrincipal',
        },
      ]
    : [];

const SUBMIT_TIME_KEY = 'spark.app.submitTime';

/** Spark reads it as milliseconds since 1970. */
export const submitTimeUnreadable: SubmissionRule = (subject) =>
  /^\d{1,15}$/.test(subject.conf.raw(SUBMIT_TIME_KEY) ?? '')
    ? []
    : [wrongValue(subject, SUBMIT_TIME_KEY, 'submitTimeUnreadable', 'is no number of milliseconds: leave it out')];
