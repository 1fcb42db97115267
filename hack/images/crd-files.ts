import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse as parsePath } from 'node:path';

import { parse } from 'yaml';

/**
 * Writes each YAML file of a folder with CustomResourceDefinitions as JSON into `to`: the hook that applies them runs without
 * a YAML parser. Throws when a file holds something else.
 */
export async function writeCrdFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const file of (await readdir(from)).filter((name) => name.endsWith('.yaml'))) {
    // One object per file, as hack/generate-crds.ts writes them.
    const crd = parse(await readFile(join(from, file), 'utf8')) as { readonly kind?: string } | null;
    if (crd?.kind !== 'CustomResourceDefinition') throw new Error(`${join(from, file)} is no CustomResourceDefinition`);
    await writeFile(join(to, `${parsePath(file).name}.json`), `${JSON.stringify(crd)}\n`);
  }
}
