import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';

/** Runs calls on EC2 keys. @throws UserError when Keystone refuses them to this login, OpenStackError otherwise */
export async function askingForKeys<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!failedWith(error, 'Forbidden')) throw error;
    throw new UserError(
      `Keystone refuses this login an S3 key (EC2 credential): ${error.facts.said}\n` +
        'Application credentials and other delegated logins get none from a patched Keystone. Log in with a password or ' +
        'Kerberos, or give keys (--s3-access-key-file, --s3-secret-key-file), or install without S3 and history (create spark --no-s3)',
      { exitCode: exitCode.forbidden, cause: error },
    );
  }
}
