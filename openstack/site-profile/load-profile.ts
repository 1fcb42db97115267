import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import { UserError } from '../../terminal/user-error.ts';
import type { Cli } from '../cli.ts';
import { errorCode } from '../error-code.ts';
import { exitCode } from '../exit-code.ts';
import type { GlobalFlags } from '../global-options.ts';
import { parseProfile } from './parse-profile.ts';
import { emptyProfile, type SiteProfile } from './site-profile.ts';

type ProfileWorld = Pick<Cli, 'env' | 'home' | 'workingFolder'>;

/** Where a site profile may lie; the first one counts. Named ones must be there. */
export function profilePlaces(
  { env, home, workingFolder }: ProfileWorld,
  flag: string | undefined,
): { readonly files: readonly string[]; readonly mustExist: boolean } {
  const named = flag ?? env['OPSPARKCTL_PROFILE'];
  if (named !== undefined && named !== '')
    return { files: [isAbsolute(named) ? named : join(workingFolder, named)], mustExist: true };
  const config = env['XDG_CONFIG_HOME'] ?? '';
  const folders = [
    workingFolder,
    join(config === '' ? join(home, '.config') : config, 'opsparkctl'),
    '/etc/opsparkctl',
  ];
  return { files: folders.map((folder) => join(folder, 'opsparkctl.yaml')), mustExist: false };
}

/**
 * The site profile, or an empty one where there is none.
 * @throws UserError with exit code 2 when it cannot be read or says what it cannot say
 */
export async function loadProfile(world: ProfileWorld, flags: Pick<GlobalFlags, 'profileFile'>): Promise<SiteProfile> {
  const { files, mustExist } = profilePlaces(world, flags.profileFile);
  for (const file of files) {
    const text = await textOf(file, mustExist);
    if (text !== undefined) return parseProfile(text, file);
  }
  return emptyProfile;
}

async function textOf(file: string, mustExist: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (!mustExist && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    const reason = code === 'ENOENT' ? 'there is no such file' : (code ?? String(error));
    throw new UserError(`cannot read the site profile ${file}: ${reason}`, { exitCode: exitCode.usage, cause: error });
  }
}
