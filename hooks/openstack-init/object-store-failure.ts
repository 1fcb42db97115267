import type { ObjectStoreError, ObjectStoreFailure } from '../../openstack/object-store/object-store.ts';
import { AGAIN, type About, type Failure } from './failure.ts';

type Told = (said: string, about: About) => Failure;

/** One row for each way in which an object store says no. */
const rows: Readonly<Record<ObjectStoreFailure, Told>> = {
  BucketTaken: (_said, about) => ({
    cause: 'BucketTaken',
    message: `The bucket ${bucketOf(about)} belongs to another project`,
    remedy: `Set openstack.bucket to a name that nobody has, ${AGAIN}`,
  }),
  InvalidBucketName: (said, about) => ({
    cause: 'InvalidBucketName',
    message: `The object store takes no bucket of the name ${bucketOf(about)}: ${said}`,
    remedy: `Set openstack.bucket to 3 to 63 lower-case letters, digits and hyphens, ${AGAIN}`,
  }),
  NoSuchBucket: (_said, about) => ({
    cause: 'NoSuchBucket',
    message: `The bucket ${bucketOf(about)} went away while the hook worked with it`,
    remedy: 'Run helm upgrade --install again',
  }),
  Forbidden: (said, about) => ({
    cause: 'KeysNotAccepted',
    message: `The object store does not accept the S3 keys, or they have no right to the bucket ${bucketOf(about)}: ${said}`,
    remedy: keysRemedy(about),
  }),
  ClockSkew: (said) => ({
    cause: 'ClockSkew',
    message: `The clocks of this node and of the object store differ too much for signatures: ${said}`,
    remedy: `Set the clocks of the nodes by NTP, ${AGAIN}`,
  }),
  Unreachable: (said, { namespace }) => ({
    cause: 'ObjectStoreUnreachable',
    message: `The object store cannot be reached: ${said}`,
    remedy: `Correct openstack.s3.endpoint, let the pods of namespace ${namespace} reach it, or wait until it is back, ${AGAIN}`,
  }),
  Other: (said, about) => ({
    cause: 'ObjectStoreFailed',
    message: `The object store refused a request for the bucket ${bucketOf(about)}: ${said}`,
    remedy: `See openstack.s3 in the values, ${AGAIN}`,
  }),
};

/** What a refusal of the object store means for the hook. */
export const objectStoreFailure = ({ failure, message }: ObjectStoreError, about: About): Failure =>
  rows[failure](message, about);

const bucketOf = ({ bucket }: About): string => (bucket === undefined ? '(not named yet)' : `"${bucket}"`);

const keysRemedy = ({ namespace, keysSecret }: About): string =>
  keysSecret === undefined
    ? `Delete the Secret ${namespace}/spark-s3 to have new keys made, ${AGAIN}`
    : `Correct the keys in the Secret ${namespace}/${keysSecret}, ${AGAIN}`;
