import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** What a built thing depends on: files and folders (tests left out), and values such as versions. */
export interface KeyInputs {
  readonly root: string;
  /** Relative to the root. A folder counts with everything below it. */
  readonly paths: readonly string[];
  readonly values: readonly string[];
}

/** Twelve hex digits that change when a path, a content or a value changes, on every machine alike. */
export async function contentKey({ root, paths, values }: KeyInputs): Promise<string> {
  const hash = createHash('sha256');
  for (const value of values) hash.update(`value ${value}\n`);
  for (const path of paths) {
    for (const file of await filesBelow(join(root, path))) {
      const content = await readFile(file);
      hash.update(`file ${relative(root, file).split(sep).join('/')} ${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex').slice(0, 12);
}

async function filesBelow(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
