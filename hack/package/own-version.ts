import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The one version of everything: that of package.json. */
export async function ownVersion(): Promise<string> {
  // Our own package.json.
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
