import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { CustomResourceDefinition } from './crd.ts';

/**
 * The definitions of a folder, one JSON file each, in the order of their names.
 *
 * @throws Error when the folder has none, or a file holds something else.
 */
export async function readCrdFiles(directory: string): Promise<readonly CustomResourceDefinition[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw new Error(`${directory} has no CustomResourceDefinitions: set --directory`);
  return Promise.all(files.map((file) => readOne(join(directory, file))));
}

async function readOne(path: string): Promise<CustomResourceDefinition> {
  // Parse boundary: the image is built with the files that hack/generate-crds.ts made.
  const crd = JSON.parse(await readFile(path, 'utf8')) as CustomResourceDefinition & { readonly kind?: string };
  if (crd.kind === 'CustomResourceDefinition') return crd;
  throw new Error(`${path} holds no CustomResourceDefinition`);
}
