import { join } from 'node:path';

import { ini } from '../ini.ts';
import { places, type RigPlan } from '../plan.ts';
import { sqlite } from './sqlite.ts';

/**
 * Keystone. It keeps in memory what it has read, which is right for one process only; without that a token takes seconds
 * to check on a busy machine (pickled: Keystone changes what it gets out of the cache). Hashing is as cheap as allowed, for nobody's password is worth breaking here.
 */
export function keystoneConfiguration(plan: RigPlan): string {
  const { data } = places(plan.root);
  return ini({
    DEFAULT: { use_stderr: true, debug: false },
    database: { connection: sqlite(join(data, 'keystone.db')) },
    fernet_tokens: { key_repository: join(data, 'fernet-keys') },
    credential: { key_repository: join(data, 'credential-keys') },
    token: { provider: 'fernet', expiration: 14_400 },
    cache: { enabled: true, backend: 'dogpile.cache.memory_pickle' },
    identity: { password_hash_rounds: 4 },
    auth: { methods: 'password,token,application_credential,kerberos' },
    oslo_concurrency: { lock_path: places(plan.root).run },
  });
}
