import { executorEnvCarrier, setBySparkLast } from '../../mutation/executor-env-carrier.ts';
import { repeated } from '../../validation/check.ts';
import { isForRole } from '../pod-entries.ts';
import { SUBMIT_OPTS } from '../submit-opts.ts';
import { asApplication } from './as-application.ts';
import type { Check } from './check.ts';

/** Two variables of one name. */
export const envTwice: Check = ({ env = [] }) =>
  repeated(env.map(({ name }) => name)).map((name) => ({
    field: 'spec.env',
    message: `has "${name}" twice: keep one of them`,
  }));

/** Variables that Spark gives every driver before anything is filled in, so that a default could never count. */
const ofDriver = [
  'SPARK_USER',
  'SPARK_APPLICATION_ID',
  'SPARK_DRIVER_BIND_ADDRESS',
  'SPARK_LOCAL_DIRS',
  'SPARK_CONF_DIR',
];

/** Variables that would have no effect, because Spark sets them itself (docs/mutations.md). */
export const envSetBySpark: Check = (spec) => {
  const executor = asApplication(isForRole(spec, 'executor') ? spec : {}, 'executor');
  const carried = executorEnvCarrier(executor).map(({ name }) => name);
  const lost = setBySparkLast(executor);
  return (spec.env ?? []).flatMap(({ name }, index) => {
    const field = `spec.env[${index}].name`;
    if (carried.includes(name))
      return { field, message: `Spark sets ${name} of executors itself: use sparkConf["spark.executorEnv.${name}"]` };
    if (lost.includes(name)) return { field, message: `Spark sets ${name} of executors itself: leave it out` };
    if (isForRole(spec, 'driver') && ofDriver.includes(name))
      return { field, message: `Spark sets ${name} of drivers itself: leave it out` };
    if (name === SUBMIT_OPTS) return { field, message: 'use sparkConf for properties' };
    return [];
  });
};
