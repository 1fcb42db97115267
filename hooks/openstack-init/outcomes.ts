import type { HookOutcome } from '../hook.ts';
import { AGAIN, type About, type Failure } from './failure.ts';
import type { Doing, Prepared } from './prepare.ts';
import type { OpenStackInitSettings } from './settings.ts';

/** A failure as the line of the hook tells it: cause and remedy are fields of their own. */
export const failed = ({ message, cause, remedy }: Failure): HookOutcome => ({
  ok: false,
  message,
  details: { cause, remedy },
});

export const cloudsMissing = (about: About, file: string): Failure => ({
  cause: 'CloudsSecretMissing',
  message: `The Secret ${secretOf(about)} does not exist, or has no key ${file}`,
  remedy: `Make it: kubectl -n ${about.namespace} create secret generic ${about.cloudsSecret} --from-file=${file}=clouds.yaml; ${AGAIN}`,
});

/** Not an error: the values say that the Secret may be missing. */
export const skipped = (about: About, file: string): HookOutcome => ({
  ok: true,
  message: `Skipped: the Secret ${secretOf(about)} does not exist, or has no key ${file}; nothing was done in the cloud`,
  details: { skipped: true },
});

/** `error` is what the reader of clouds.yaml says: it names file, entry and key, never a secret. */
export const cloudsWrong = (error: unknown, about: About): Failure => ({
  cause: 'CloudsFileWrong',
  message: error instanceof Error ? error.message : String(error),
  remedy: `Correct the files in the Secret ${secretOf(about)}, or openstack.cloud in the values, ${AGAIN}`,
});

export const keysMissing = ({ namespace }: About, secret: string): Failure => ({
  cause: 'KeysSecretMissing',
  message: `The Secret ${namespace}/${secret} of openstack.s3.keysSecret does not exist, or lacks AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY`,
  remedy: `Make it: kubectl -n ${namespace} create secret generic ${secret} --from-file=AWS_ACCESS_KEY_ID --from-file=AWS_SECRET_ACCESS_KEY; ${AGAIN}`,
});

/** `reason` is that of the signal that called the hook off. */
export const notInTime = ({ what, about }: Doing, reason: unknown): Failure => ({
  cause: what.startsWith('log in') ? 'KeystoneUnreachable' : 'NotDoneInTime',
  message: `${reason instanceof Error ? reason.message : String(reason)}: it was still trying to ${what}`,
  remedy: `Let the pods of namespace ${about.namespace} reach the cloud's services, or give more time with openstack.timeout, ${AGAIN}`,
});

/** What is there now, and what of it is new. */
export function succeeded({ namespace }: OpenStackInitSettings, { cluster, s3 }: Prepared): HookOutcome {
  const { bucket, bucketMade, accessKey, keyMade, secret, podDefaults } = s3;
  const changed = bucketMade || keyMade || secret !== 'unchanged' || podDefaults !== 'unchanged';
  const parts = [
    `bucket ${bucket} ${bucketMade ? 'created' : 'there'}`,
    `S3 key ${accessKey} ${keyMade ? 'created' : 'kept'}`,
    `Secret ${namespace}/spark-s3 ${secret}`,
    `SparkPodDefaults ${namespace}/openstack-s3 ${podDefaults}`,
  ];
  return {
    ok: true,
    message: parts.join('; '),
    details: { changed, cluster: cluster.name, clusterUuid: cluster.uuid, ...s3 },
  };
}

const secretOf = ({ namespace, cloudsSecret }: About): string => `${namespace}/${cloudsSecret}`;
