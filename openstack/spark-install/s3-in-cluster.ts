import type { Secret } from '../../api/kubernetes.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { ACCESS_KEY, S3_POD_DEFAULTS, S3_SECRET } from '../s3/objects.ts';
import { found } from './apply-object.ts';
import type { S3Location } from './s3-location.ts';

/**
 * The store that the cluster's own objects name, whoever made them: opsparkctl or the chart's hook. Undefined when there are
 * none, or they were changed to something else than a bucket with a folder.
 */
export async function s3InCluster(client: KubeClient, namespace: string): Promise<S3Location | undefined> {
  const [defaults, secret] = await Promise.all([
    found<SparkPodDefaults>(client, resources.sparkPodDefaults, { namespace, name: S3_POD_DEFAULTS }),
    found<Secret>(client, resources.secrets, { namespace, name: S3_SECRET }),
  ]);
  return defaults === undefined || secret === undefined ? undefined : locationOf(defaults, accessKeyOf(secret));
}

/** The public half of the keys. The other half is not looked at. */
export const accessKeyOf = ({ data = {} }: Secret): string =>
  Buffer.from(data[ACCESS_KEY] ?? '', 'base64')
    .toString('utf8')
    .trim();

function locationOf({ spec }: SparkPodDefaults, accessKey: string): S3Location | undefined {
  const { sparkConf = {}, hadoopConf = {} } = spec;
  const [, bucket, eventLogFolder] = /^s3a:\/\/([^/]+)\/(.+?)\/*$/.exec(sparkConf['spark.eventLog.dir'] ?? '') ?? [];
  if (bucket === undefined || eventLogFolder === undefined) return undefined;
  return {
    bucket,
    eventLogFolder,
    endpoint: hadoopConf['fs.s3a.endpoint'] ?? '',
    region: hadoopConf['fs.s3a.endpoint.region'] ?? '',
    pathStyle: hadoopConf['fs.s3a.path.style.access'] === 'true',
    accessKey,
  };
}
