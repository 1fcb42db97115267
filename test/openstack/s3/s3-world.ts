import { randomBytes } from 'node:crypto';

import type { FakeCloud } from '../../../hack/fake-cloud/cloud.ts';
import type { KubeClient } from '../../../kube/client.ts';
import type { CloudConfig } from '../../../openstack/cloud-config/cloud-config.ts';
import { loadCloud } from '../../../openstack/cloud-config/load-cloud.ts';
import { openSession } from '../../../openstack/identity/open-session.ts';
import type { Session } from '../../../openstack/identity/session.ts';
import { openBucket } from '../../../openstack/object-store/open-bucket.ts';
import type { S3Request, S3World } from '../../../openstack/s3/s3-request.ts';

/** A cloud that an entry of the fake's clouds.yaml opens. */
export interface OpenedCloud {
  readonly config: CloudConfig;
  readonly session: Session;
}

/** Opens an entry of a fake cloud; waiting costs nothing. */
export async function openFake(cloud: FakeCloud, entry = 'demo'): Promise<OpenedCloud> {
  const env = { OS_CLIENT_CONFIG_FILE: cloud.cloudsFile };
  const config = await loadCloud({ env, home: '/nowhere', workingFolder: '/nowhere' }, { osCloud: entry });
  const world = { now: () => new Date(), random: randomBytes, sleep: async () => undefined, env };
  return { config, session: openSession(config, world) };
}

/** The world of ensureS3Defaults. */
export const s3World = ({ config, session }: OpenedCloud, client: KubeClient): S3World => ({
  config,
  session,
  client,
  openBucket,
  now: () => new Date(),
});

export const request: S3Request = {
  clusterName: 'demo',
  clusterUuid: 'c-1',
  operatorNamespace: 'spark-operator',
  eventLogFolder: 'spark-events',
  pathStyle: true,
};
