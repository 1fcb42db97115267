import { withEnv, withVolume } from './driver-draft.ts';
import type { DriverDraft, DriverStep } from './driver-draft.ts';
import type { SparkConf } from '../spark-conf.ts';

const TOKEN_DIRECTORY = '/mnt/secrets/hadoop-credentials';

/** Kerberos by reference: krb5.conf from an existing ConfigMap, tokens from an existing Secret (KerberosConfDriverFeatureStep). */
export const kerberosStep: DriverStep = (draft, { conf }) => withTokens(withKrb5(draft, conf), conf);

function withKrb5(draft: DriverDraft, conf: SparkConf): DriverDraft {
  const name = conf.get('spark.kubernetes.kerberos.krb5.configMapName');
  return name === undefined
    ? draft
    : withVolume(
        draft,
        { name: 'krb5-file', configMap: { name } },
        { mountPath: '/etc/krb5.conf', subPath: 'krb5.conf' },
      );
}

function withTokens(draft: DriverDraft, conf: SparkConf): DriverDraft {
  const secretName = conf.get('spark.kubernetes.kerberos.tokenSecret.name');
  const itemKey = conf.get('spark.kubernetes.kerberos.tokenSecret.itemKey');
  if (secretName === undefined || itemKey === undefined) return draft;
  return withEnv(withVolume(draft, { name: 'hadoop-secret', secret: { secretName } }, { mountPath: TOKEN_DIRECTORY }), [
    { name: 'HADOOP_TOKEN_FILE_LOCATION', value: `${TOKEN_DIRECTORY}/${itemKey}` },
  ]);
}
