import { resources } from '../../kube/resources.ts';
import { keystone } from '../identity/keystone-client.ts';
import {
  ACCESS_KEY,
  ANNOTATION_CLAIMED_AT,
  ANNOTATION_EC2_KEY,
  ANNOTATION_KEYS_BEFORE,
  S3_SECRET,
  SECRET_KEY,
  type S3Keys,
} from './objects.ts';
import { readSecretState } from './read-secret-state.ts';
import type { S3Request, S3World } from './s3-request.ts';

/** Turns a Secret whose key is dead into a claim again, unless somebody has changed it meanwhile. */
export async function releaseKeys(
  { client, session, now }: S3World,
  { operatorNamespace: namespace }: S3Request,
  dead: S3Keys,
): Promise<void> {
  const state = await readSecretState(client, namespace);
  if (state.kind !== 'filled' || state.keys.accessKey !== dead.accessKey || session === undefined) return;
  const keysBefore = (await keystone(session).ec2Keys()).map(({ access }) => access);
  const annotations = {
    [ANNOTATION_EC2_KEY]: null,
    [ANNOTATION_KEYS_BEFORE]: JSON.stringify(keysBefore),
    [ANNOTATION_CLAIMED_AT]: now().toISOString(),
  };
  const data = { [ACCESS_KEY]: null, [SECRET_KEY]: null };
  const metadata = { resourceVersion: state.version, annotations };
  await client.patch(resources.secrets, { namespace, name: S3_SECRET }, { metadata, data });
}
