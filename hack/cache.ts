import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where built binaries, images and clusters are kept between runs, outside the checkout, so that two clones share them.
 * `SPARK_OPERATOR_CACHE` names the folder itself; otherwise it is `spark-operator` under the XDG cache folder.
 * The folder is not made here: who writes makes it.
 */
export function cacheDir(...parts: readonly string[]): string {
  return join(cacheRoot(process.env, homedir()), ...parts);
}

/** The pure part of {@link cacheDir}: empty variables count as unset, as the XDG specification asks. */
export function cacheRoot(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const { SPARK_OPERATOR_CACHE: own, XDG_CACHE_HOME: xdg } = env;
  if (own !== undefined && own !== '') return own;
  return join(xdg !== undefined && xdg !== '' ? xdg : join(home, '.cache'), 'spark-operator');
}
