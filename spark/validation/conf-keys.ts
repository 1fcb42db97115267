import { confPath, when, type Check } from './check.ts';
import { CREDENTIALS_PREFIX, MOUNTED_CREDENTIALS_PREFIX, ownedKeys, ownedPrefixes } from './owned-keys.ts';

/** Properties that the operator sets itself (`sparkConf` would win over it, or be ignored). */
export const ownedKeySet: Check = ({ spec: { sparkConf = {} } }) =>
  ownedKeys.flatMap(({ keys, instead }) =>
    keys.flatMap((key) => when(Object.hasOwn(sparkConf, key), confPath(key), `cannot be set here: ${instead}`)),
  );

/** The same by prefix: operator labels, and the credentials of the submission. */
export const ownedPrefixSet: Check = ({ spec: { sparkConf = {} } }) =>
  Object.keys(sparkConf).flatMap((key) => {
    const owned = ownedPrefixes.find(({ prefix }) => key.startsWith(prefix));
    return owned === undefined ? [] : [{ field: confPath(key), message: `cannot be set here: ${owned.instead}` }];
  });

/**
 * Tokens and key files for the API server: they would be read where the submission runs, or lie open in a ConfigMap. Whatever
 * Spark may add below the same prefix is refused with them.
 */
export const credentialSet: Check = ({ spec: { sparkConf = {} } }) =>
  Object.keys(sparkConf)
    .filter((key) => key.startsWith(CREDENTIALS_PREFIX) && !key.startsWith(MOUNTED_CREDENTIALS_PREFIX))
    .filter((key) => !isOwned(key))
    .map((key) => ({
      field: confPath(key),
      message:
        'cannot be set here: driver and executors use the token of their service account (driver.serviceAccount)',
    }));

/** Whether another rule has the better hint. */
const isOwned = (key: string): boolean =>
  ownedKeys.some(({ keys }) => keys.includes(key)) || ownedPrefixes.some(({ prefix }) => key.startsWith(prefix));

/** Only the application's own namespace. */
export const namespaceOfOthers: Check = ({ metadata, spec: { sparkConf = {} } }) => {
  const key = 'spark.kubernetes.namespace';
  const namespace = sparkConf[key];
  // A manifest that has not been sent yet may name no namespace.
  const own = (metadata.namespace as string | undefined) ?? namespace;
  return when(
    namespace !== undefined && namespace !== own,
    confPath(key),
    `must be the namespace of the application: leave it out, and create the application in namespace "${namespace ?? ''}" to run it there`,
  );
};

/** `mode: client`, in either way of saying it. */
export const clientMode: Check = ({ spec: { mode, sparkConf = {} } }) => {
  const hint = 'client would run the driver inside the operator and is not supported: leave it out or say cluster';
  const key = 'spark.submit.deployMode';
  return [
    ...when(mode === 'client', 'spec.mode', hint),
    ...when((sparkConf[key] ?? 'cluster') !== 'cluster', confPath(key), hint),
  ];
};
