import { bareObstacle } from '../cluster/requirements.ts';
import type { AptPackage } from '../cluster/packages.ts';
import type { Purpose } from './package-lists.ts';

/** What is known about the machine when packages are missing. */
export interface Installer {
  readonly hasApt: boolean;
  readonly isRoot: boolean;
  /** A person sits at a terminal who can be asked. */
  readonly isInteractive: boolean;
}

/** What to do about missing packages. */
export type InstallDecision =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'install'; readonly names: readonly string[]; readonly askFirst: boolean }
  | { readonly kind: 'refuse'; readonly message: string };

/** Installs only where that can work, and asks a person first; otherwise says what is missing and how to get it. */
export function decideInstall(missing: readonly AptPackage[], installer: Installer): InstallDecision {
  if (missing.length === 0) return { kind: 'nothing' };
  const names = missing.map(({ name }) => name);
  const commands = missing.map(({ provides }) => provides).join(', ');
  if (!installer.hasApt) {
    return {
      kind: 'refuse',
      message: [
        `Missing on this machine: ${commands}`,
        'Packages are installed only on Debian and Ubuntu. Install these commands with the package manager of this',
        'system, or start Docker or Podman, which take the place of most of them; then run this again.',
      ].join('\n'),
    };
  }
  if (!installer.isRoot) {
    return {
      kind: 'refuse',
      message: [
        `Missing on this machine: ${commands}`,
        `Install them with:  sudo apt-get install --no-install-recommends ${names.join(' ')}`,
        'then run this again.',
      ].join('\n'),
    };
  }
  return { kind: 'install', names, askFirst: installer.isInteractive };
}

/** What packages cannot mend: containers without an engine need Linux and root. `undefined` when all is well. */
export function obstacle(
  purposes: readonly Purpose[],
  machine: { readonly hasEngine: boolean; readonly platform: string; readonly uid: number | undefined },
): string | undefined {
  const makesContainers = purposes.includes('cluster') || purposes.includes('images');
  return makesContainers && !machine.hasEngine ? bareObstacle(machine, []) : undefined;
}
