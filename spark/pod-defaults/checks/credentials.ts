import { confPath } from '../../validation/check.ts';
import type { Finding } from '../../validation/violation.ts';
import { entryPath, type Check } from './check.ts';

/** Keys whose value nobody should read: those that Spark redacts (`spark.redaction.regex`) and those of object stores. */
const secretKey =
  /secret|passw(or)?d|passphrase|token|credential|(access|account|api|private|shared|encryption)[._-]?key|\bsas\b/i;

/** Keys that sound like it, and name a file, a class, a Secret or a switch instead. */
const namesSomething =
  /(provider|providers|path|file|files|location|dir|directory|name|class|type|algorithm|expiry|expiration|lifetime|interval|duration|url|uri|endpoint|enabled?|use[._-]?ip|(secretKeyRef|secrets)\..+)$/i;

/** A switch, a number or a time, a reference to a variable, a path: no secret looks like that. */
const harmlessValue = /^$|^(true|false)$|^\d+\s*([a-z]{1,7})?$|^\$[{(].*[})]$|^(local:|file:)?\//i;

/** Whether a key and its value look like a credential written down. Better a question too many than a key in a ConfigMap. */
export const isCredential = (key: string, value: string): boolean =>
  secretKey.test(key) && !namesSomething.test(key) && !harmlessValue.test(value);

const ADVICE =
  'looks like a credential, and would lie open in pods and ConfigMaps: put it into a Secret and give it as env with valueFrom.secretKeyRef';

/** Credentials come from Secrets, as variables or files: everybody who may read a pod could read them here. */
export const credentialInPlain: Check = ({ sparkConf = {}, hadoopConf = {}, env = [] }) => [
  ...written(sparkConf, confPath),
  ...written(hadoopConf, (key) => entryPath('hadoopConf', key)),
  ...env.flatMap(({ name, value = '' }, index): readonly Finding[] =>
    isCredential(name, value) ? [{ field: `spec.env[${index}].value`, message: ADVICE }] : [],
  ),
];

const written = (conf: Readonly<Record<string, string>>, fieldOf: (key: string) => string): readonly Finding[] =>
  Object.entries(conf)
    .filter(([key, value]) => isCredential(key, value))
    .map(([key]) => ({ field: fieldOf(key), message: ADVICE }));
