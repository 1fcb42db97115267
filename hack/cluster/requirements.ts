import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

import type { AptPackage } from './packages.ts';

/** The packages of the list whose command is not on this machine. */
export function missingPackages(needed: readonly AptPackage[], path = process.env['PATH'] ?? ''): AptPackage[] {
  // Administrators' commands are not on everybody's PATH.
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  const isThere = (command: string): boolean =>
    isAbsolute(command) ? isExecutable(command) : folders.some((folder) => isExecutable(join(folder, command)));
  return needed.filter(({ provides }) => !isThere(provides));
}

/** Why a bare cluster cannot be made here, with the commands that help; `undefined` when it can. */
export function bareObstacle(
  machine: { readonly platform: string; readonly uid: number | undefined },
  missing: readonly AptPackage[],
): string | undefined {
  if (machine.platform !== 'linux') {
    return 'A cluster without a container engine needs Linux. Install Docker or Podman and start it, then run this again.';
  }
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(' ');
    return `A cluster without a container engine needs: ${names}\nInstall with:  sudo apt-get install --no-install-recommends ${names}`;
  }
  if (machine.uid !== 0) {
    return [
      'A cluster without a container engine needs root, for namespaces and containers.',
      'Run the command as root, or start Docker or Podman and run it again; --control-plane needs no root.',
    ].join('\n');
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
