import type { EnvVar } from '../../../api/kubernetes.ts';
import type { SparkConf } from '../spark-conf.ts';
import { withArgs, withEnv, withProperties } from './driver-draft.ts';
import type { DriverContext, DriverStep } from './driver-draft.ts';

/** Where the driver finds its properties: the ConfigMap is mounted there. */
export const CONF_DIRECTORY = '/opt/spark/conf';

const runners = {
  python: 'org.apache.spark.deploy.PythonRunner',
  r: 'org.apache.spark.deploy.RRunner',
} as const;

/** The arguments for the image's entry point, and Python's variables (DriverCommandFeatureStep). */
export const commandStep: DriverStep = (draft, context) => {
  const { app, conf, language } = context;
  const { proxyUser } = app.spec;
  const commanded = withArgs(draft, [
    'driver',
    ...(proxyUser === undefined || proxyUser === '' ? [] : ['--proxy-user', proxyUser]),
    '--properties-file',
    `${CONF_DIRECTORY}/spark.properties`,
    '--class',
    mainClass(context),
    app.spec.mainApplicationFile,
    ...(app.spec.arguments ?? []),
  ]);
  return withProperties(withEnv(commanded, language === 'python' ? pythonEnv(conf) : []), {
    'spark.kubernetes.resource.type': language,
  });
};

const mainClass = ({ app, language }: DriverContext): string =>
  language === 'java' ? (app.spec.mainClass ?? '') : runners[language];

function pythonEnv(conf: SparkConf): EnvVar[] {
  const python = conf.get('spark.pyspark.python');
  const driverPython = conf.get('spark.pyspark.driver.python') ?? python;
  return [
    ...(python === undefined ? [] : [{ name: 'PYSPARK_PYTHON', value: python }]),
    ...(driverPython === undefined ? [] : [{ name: 'PYSPARK_DRIVER_PYTHON', value: driverPython }]),
  ];
}
