import { confPath, when, type Check } from './check.ts';
import { credentialKey, ownedKeys, ownedPrefixes } from './owned-keys.ts';

/** Properties that the operator sets itself (`sparkConf` would win over it, or be ignored). */
export const ownedKeySet: Check = ({ spec: { sparkConf = {} } }) =>
  ownedKeys.flatMap(({ keys, instead }) =>
    keys.flatMap((key) => when(key in sparkConf, confPath(key), `cannot be set here: ${instead}`)),
  );

/** The same by prefix: operator labels, and the credentials of the submission. */
export const ownedPrefixSet: Check = ({ spec: { sparkConf = {} } }) =>
  Object.keys(sparkConf).flatMap((key) => {
    const owned = ownedPrefixes.find(({ prefix }) => key.startsWith(prefix));
    return owned === undefined ? [] : [{ field: confPath(key), message: `cannot be set here: ${owned.instead}` }];
  });

/** Tokens and key files for the API server. */
export const credentialSet: Check = ({ spec: { sparkConf = {} } }) =>
  Object.keys(sparkConf).flatMap((key) =>
    when(
      credentialKey.test(key),
      confPath(key),
      'cannot be set here: driver and executors use the token of their service account (driver.serviceAccount)',
    ),
  );

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
