import { isAlreadyExists } from '../../kube/errors.ts';
import { resources } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { keystone } from '../identity/keystone-client.ts';
import type { Keystone } from '../identity/keystone.ts';
import { askingForKeys } from './ec2-refused.ts';
import { fillClaim } from './make-key.ts';
import { s3Claim, S3_SECRET, type S3Keys } from './objects.ts';
import { readSecretState } from './read-secret-state.ts';
import type { Change, S3Request, S3World } from './s3-request.ts';
import { useGivenKeys } from './use-given-keys.ts';

/** The keys that the Secret holds now. */
export interface KeysOutcome {
  readonly keys: S3Keys;
  /** Whether an EC2 key was made by this run. */
  readonly made: boolean;
  readonly secret: Change;
  readonly warnings: readonly string[];
}

/**
 * Sees to keys in the Secret. Keys that are given are written; a Secret that has some is kept; else an EC2 key is made.
 *
 * Safe against death at any moment: before a key is made the Secret is written without data, as a claim that lists the
 * keys of before. A later run finds the claim and takes the key that came since instead of making a second one.
 * @throws UserError for a Secret of someone else, a login without the right to keys, or no way to keys at all
 */
export async function ensureKeys(world: S3World, request: S3Request): Promise<KeysOutcome> {
  const state = await readSecretState(world.client, request.operatorNamespace);
  if (request.keys !== undefined) return useGivenKeys(world, request, request.keys, state);
  if (state.kind === 'filled') return { keys: state.keys, made: false, secret: 'unchanged', warnings: [] };
  if (state.kind === 'foreign') throw foreignSecret(request);
  const identity = identityOf(world);
  const claim = state.kind === 'claimed' ? state : await claimSecret(world, identity, request);
  // Another run was faster with the claim: look again at what it has done.
  if (claim === undefined) return ensureKeys(world, request);
  return { ...(await fillClaim(world, identity, request, claim)), secret: 'created' };
}

type Claim = Parameters<typeof fillClaim>[3];

async function claimSecret(world: S3World, identity: Keystone, request: S3Request): Promise<Claim | undefined> {
  const { clusterUuid, operatorNamespace } = request;
  const keysBefore = (await askingForKeys(identity.ec2Keys)).map(({ access }) => access);
  const secret = s3Claim(operatorNamespace, { keysBefore, clusterUuid, now: world.now() });
  try {
    const { metadata } = await world.client.create(resources.secrets, secret);
    return { kind: 'claimed', keysBefore, version: metadata?.resourceVersion ?? '' };
  } catch (error) {
    if (isAlreadyExists(error)) return undefined;
    throw error;
  }
}

const identityOf = ({ session }: S3World): Keystone => {
  if (session !== undefined) return keystone(session);
  throw new UserError('no cloud and no S3 keys are given: name a cloud (--os-cloud), or give keys', {
    exitCode: exitCode.usage,
  });
};

const foreignSecret = ({ operatorNamespace }: S3Request): UserError =>
  new UserError(
    `the Secret ${operatorNamespace}/${S3_SECRET} is there, but without AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and ` +
      'opsparkctl did not make it. Delete it, or give keys to be written into it',
    { exitCode: exitCode.conflict },
  );
