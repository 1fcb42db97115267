import type { SecretInfo } from '../../../api/sparkapplication.ts';
import type { ConfEntry } from '../spark-conf.ts';

/** Where the keys of one role begin. */
interface SecretKeys {
  readonly secrets: string;
  readonly env: string;
}

/** The variable that tells a library where the mounted secret lies, by kind of secret (kubeflow's `secretType`). */
function locationEnv({ path, secretType }: SecretInfo, envPrefix: string): ConfEntry[] {
  switch (secretType) {
    case 'GCPServiceAccount':
      return [[`${envPrefix}GOOGLE_APPLICATION_CREDENTIALS`, `${path}/key.json`]];
    case 'HadoopDelegationToken':
      return [[`${envPrefix}HADOOP_TOKEN_FILE_LOCATION`, `${path}/hadoop.token`]];
    case 'Generic':
      return [];
  }
}

/** Secrets to mount, and the variables that their kind asks for. */
export const secretConf = (secrets: readonly SecretInfo[] | undefined, keys: SecretKeys): ConfEntry[] =>
  (secrets ?? []).flatMap((secret): ConfEntry[] => [
    [`${keys.secrets}${secret.name}`, secret.path],
    ...locationEnv(secret, keys.env),
  ]);
