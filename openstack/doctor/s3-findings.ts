import type { Cli } from '../cli.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';
import { keystone } from '../identity/keystone-client.ts';
import type { Login, Session } from '../identity/session.ts';
import { caPemOf } from '../object-store/ca-pem.ts';
import { s3EndpointOf } from '../object-store/endpoint.ts';
import { ObjectStoreError } from '../object-store/object-store.ts';
import { failedWith } from '../openstack-error.ts';
import { ec2Finding, type Ec2Answer } from './delegation-findings.ts';
import { type Finding, ok, warning } from './finding.ts';

/** What the S3 checks need. */
export interface S3Check {
  readonly cli: Pick<Cli, 'openBucket' | 'random'>;
  readonly session: Session;
  readonly config: CloudConfig;
  readonly login: Login;
  /** Make what is tried out, and delete it again: a key and a bucket. */
  readonly probe: boolean;
}

interface Keys {
  readonly access: string;
  readonly secret: string;
}

/** What Keystone said of keys, for other checks, too. */
export interface S3Facts {
  readonly ec2: Ec2Answer;
  readonly findings: readonly Finding[];
}

/** Whether S3 keys can be had, and whether the store answers to them. Without `probe` nothing is made. */
export async function s3Findings(check: S3Check): Promise<S3Facts> {
  const identity = keystone(check.session);
  const facts = async (ec2: Ec2Answer, keys: Keys | undefined): Promise<S3Facts> => ({
    ec2,
    findings: [ec2Finding(check.login, ec2), await storeFinding(check, keys)],
  });
  try {
    const [existing, ...others] = await identity.ec2Keys();
    if (!check.probe)
      return await facts({ kind: 'listed', count: existing === undefined ? 0 : others.length + 1 }, existing);
    const made = await identity.createEc2Key();
    try {
      return await facts({ kind: 'made' }, made);
    } finally {
      await identity.deleteEc2Key(made.access);
    }
  } catch (error) {
    if (!failedWith(error, 'Forbidden')) throw error;
    return facts({ kind: 'refused', said: error.facts.said }, undefined);
  }
}

/** Keys that nobody has: a store that refuses them is one that speaks S3. */
const NOBODY: Keys = { access: 'opsparkctl-doctor', secret: 'opsparkctl-doctor' };

async function storeFinding({ cli, login, config, probe }: S3Check, keys: Keys | undefined): Promise<Finding> {
  const where = s3EndpointOf(login, config);
  if (where === undefined) return warning('s3', 'no object store in the catalog', 'give one with --endpoint');
  const name = `opsparkctl-doctor-${Buffer.from(cli.random(6)).toString('hex')}`;
  const { access, secret } = keys ?? NOBODY;
  const caPem = await caPemOf(config);
  const verify = config.tls.verify;
  const settings = { ...where, accessKey: access, secretKey: secret, caPem, verify, pathStyle: true };
  const bucket = cli.openBucket(settings, name);
  const plain = where.endpoint.startsWith('http://') ? ', not encrypted' : '';
  try {
    if (probe && keys !== undefined) {
      await bucket.ensure();
      const ms = await bucket.probe().finally(() => bucket.deleteBucket());
      return ok(
        's3',
        `${where.endpoint} (${await bucket.region().catch(() => where.region)})${plain}: written, read and listed in ${ms} ms`,
      );
    }
    await bucket.keys('', 1);
    return ok('s3', `${where.endpoint} answers${plain}`);
  } catch (error) {
    const answered = error instanceof ObjectStoreError && meansAnswer(error, keys !== undefined);
    if (!answered) throw error;
    return ok('s3', `${where.endpoint} speaks S3${plain}${keys === undefined ? '' : ' and accepts our key'}`);
  } finally {
    bucket.close();
  }
}

/** Of a bucket that does not exist, with a key that counts or not. */
const meansAnswer = ({ failure, s3Code }: ObjectStoreError, keyCounts: boolean): boolean =>
  failure === 'NoSuchBucket' || (!keyCounts && failure === 'Forbidden' && s3Code !== '');
