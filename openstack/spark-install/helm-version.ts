import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { HelmError } from './helm-error.ts';

/** The oldest Helm that can render against the API server (`--dry-run=server`) and ignores a release that is gone. */
const OLDEST = [3, 14] as const;

const INSTALL = 'install Helm 3.14 or newer (https://helm.sh/docs/intro/install), or name it in OPSPARKCTL_HELM';

/** Whether a Helm of this version will do: `3.19.5`. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/**
 * The version of Helm.
 * @throws UserError when there is none, or one that is too old, with what to do
 */
export async function requireHelm({ version }: { readonly version: () => Promise<string> }): Promise<string> {
  const found = await version().catch((error: unknown) => {
    if (error instanceof HelmError && error.missing)
      throw new UserError(`helm is not on the path: ${INSTALL}`, { exitCode: exitCode.failed, cause: error });
    throw error;
  });
  if (!isNewEnough(found)) throw new UserError(`Helm ${found} is too old: ${INSTALL}`, { exitCode: exitCode.failed });
  return found;
}
