import { resources } from '../../kube/resources.ts';
import { isConflict } from '../../kube/errors.ts';
import type { Ec2Key, Keystone } from '../identity/keystone.ts';
import { askingForKeys } from './ec2-refused.ts';
import { S3_SECRET, s3KeysPatch, type S3Keys } from './objects.ts';
import type { S3Request, S3World } from './s3-request.ts';
import { readSecretState } from './read-secret-state.ts';
import type { SecretState } from './secret-state.ts';

/** Keys, how they came about, and what a person should know of it. */
export interface MadeKeys {
  readonly keys: S3Keys;
  readonly made: boolean;
  readonly warnings: readonly string[];
}

type Claimed = Extract<SecretState, { kind: 'claimed' }>;

/**
 * Fills a claimed Secret: with the one EC2 key that came since the claim (a run was killed before it could write it down),
 * else with a new one. Two or more that came since cannot be told apart from other people's work: then a new one is made,
 * and they are named.
 */
export async function fillClaim(
  world: S3World,
  keystone: Keystone,
  request: S3Request,
  claim: Claimed,
): Promise<MadeKeys> {
  const since = keysSince(await askingForKeys(keystone.ec2Keys), claim, request.foreignAccessKeys);
  const [adopted, ...others] = since;
  const key = adopted !== undefined && others.length === 0 ? adopted : await askingForKeys(keystone.createEc2Key);
  const made = key !== adopted;
  const keys: S3Keys = { accessKey: key.access, secretKey: key.secret, ours: true };
  const warnings = made && since.length > 0 ? [unclear(since)] : [];
  return { ...(await writeDown(world, keystone, request, { keys, made, claim })), warnings };
}

/** The keys that are neither of before the claim nor known to be another cluster's. */
export const keysSince = (
  keys: readonly Ec2Key[],
  { keysBefore }: Pick<Claimed, 'keysBefore'>,
  foreign: readonly string[] = [],
): readonly Ec2Key[] => keys.filter(({ access }) => !keysBefore.includes(access) && !foreign.includes(access));

interface Filling {
  readonly keys: S3Keys;
  readonly made: boolean;
  readonly claim: Claimed;
}

async function writeDown(
  { client }: S3World,
  keystone: Keystone,
  { operatorNamespace }: S3Request,
  { keys, made, claim }: Filling,
): Promise<Omit<MadeKeys, 'warnings'>> {
  const ref = { namespace: operatorNamespace, name: S3_SECRET };
  try {
    await client.patch(resources.secrets, ref, s3KeysPatch(keys, claim.version));
    return { keys, made };
  } catch (error) {
    if (!isConflict(error)) throw error;
    // Another run was faster, or ours was written and the answer lost.
    const now = await readSecretState(client, operatorNamespace);
    if (now.kind !== 'filled') throw error;
    if (now.keys.accessKey === keys.accessKey) return { keys, made };
    if (made) await keystone.deleteEc2Key(keys.accessKey);
    return { keys: now.keys, made: false };
  }
}

const unclear = (keys: readonly Ec2Key[]): string =>
  `A run that was interrupted may have made one of the EC2 keys ${keys.map(({ access }) => access).join(', ')}; which one, ` +
  'nobody can tell, so a new one was made. Delete those that nothing uses: openstack ec2 credentials delete';
