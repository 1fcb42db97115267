import { keystone } from '../identity/keystone-client.ts';
import { caPemOf } from '../object-store/ca-pem.ts';
import { s3EndpointOf } from '../object-store/endpoint.ts';
import type { InClusterState } from '../spark-install/in-cluster-state.ts';
import { removeBucket } from '../s3/remove-bucket.ts';
import type { KubeWorld } from './kube-world.ts';

/** A bucket, and the key that opens it. */
export interface BucketToDelete {
  readonly bucket: string;
  readonly accessKey: string | undefined;
  readonly store: Pick<InClusterState, 'endpoint' | 's3Region' | 'pathStyle'>;
}

/**
 * Empties and deletes a bucket with the cluster's own key, before that key is deleted. Answers what came of it, in words.
 * @throws ObjectStoreError
 */
export async function deleteBucket(world: KubeWorld, { bucket, accessKey, store }: BucketToDelete): Promise<string> {
  const keys = await keystone(world.session).ec2Keys();
  const key = keys.find(({ access }) => access === accessKey) ?? keys[0];
  const found = s3EndpointOf(world.login, world.config, store.endpoint);
  if (key === undefined || found === undefined)
    return `bucket ${bucket} stays: there is no ${key === undefined ? 'key to open it' : 'object store in the catalog'}`;
  const opened = world.cli.openBucket(
    {
      endpoint: found.endpoint,
      region: store.s3Region ?? found.region,
      accessKey: key.access,
      secretKey: key.secret,
      caPem: await caPemOf(world.config),
      pathStyle: store.pathStyle !== 'false',
      verify: world.config.tls.verify,
    },
    bucket,
  );
  try {
    const count = await removeBucket(opened);
    return count === undefined ? `bucket ${bucket} was gone already` : `bucket ${bucket} deleted (${count} objects)`;
  } finally {
    opened.close();
  }
}
