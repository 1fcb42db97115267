import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { UserError } from '../../terminal/user-error.ts';

/** Below the repository two folders up from the sources, below the package three up from `dist/openstack/spark-install`. */
const PLACES = ['../../charts/spark-operator', '../../../charts/spark-operator'] as const;

/**
 * The chart to install: the one that was named, else the one that came with this program.
 * @throws UserError when there is none
 */
export function chartOf(named: string | undefined, exists: (path: string) => boolean = existsSync): string {
  if (named !== undefined) return named;
  const own = PLACES.map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) =>
    exists(`${path}/Chart.yaml`),
  );
  if (own === undefined)
    throw new UserError(
      'this opsparkctl came without its chart: name one with --chart (a folder, an archive or an OCI address)',
    );
  return own;
}
