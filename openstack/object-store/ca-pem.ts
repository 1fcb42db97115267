import { readFile } from 'node:fs/promises';

import { UserError } from '../../terminal/user-error.ts';
import type { CloudConfig } from '../cloud-config/cloud-config.ts';

/** The cloud's own authorities as PEM. @throws UserError for a file that cannot be read */
export async function caPemOf(config: CloudConfig | undefined): Promise<string | undefined> {
  const file = config?.tls.caFile;
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`cacert of cloud "${config?.name ?? ''}" cannot be read: ${why}`, { cause: error });
  }
}
