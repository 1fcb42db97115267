import { readFile } from 'node:fs/promises';

import { parse } from 'yaml';

/** Every password and secret of a clouds.yaml. */
export async function passwordsOf(file: string): Promise<readonly string[]> {
  // The rig wrote it.
  const { clouds } = parse(await readFile(file, 'utf8')) as {
    readonly clouds: Readonly<Record<string, { readonly auth: Readonly<Record<string, string>> }>>;
  };
  return Object.values(clouds).flatMap(({ auth }) =>
    Object.entries(auth).flatMap(([key, value]) => (/password|secret/.test(key) ? [value] : [])),
  );
}
