import type { Cli } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { UserError } from '../../terminal/user-error.ts';
import { parseManifest, type ManifestDocument } from './parse-manifest.ts';

/**
 * The objects of all files, in order.
 * @throws UserError with exit code 2 for no file or a URL, 1 for a file that cannot be read or is not a manifest
 */
export async function readManifests(cli: Cli, files: readonly string[]): Promise<readonly ManifestDocument[]> {
  if (files.length === 0) {
    throw new UserError('no manifest: give a file, as in sparkctl create pi.yaml, or - for standard input', {
      exitCode: exitCode.usage,
    });
  }
  const documents: ManifestDocument[] = [];
  for (const file of files) {
    const name = file === '-' ? '(standard input)' : file;
    documents.push(...parseManifest(name, await read(cli, file)));
  }
  return documents;
}

async function read(cli: Cli, file: string): Promise<string> {
  if (/^https?:\/\//.test(file)) {
    throw new UserError(`${file}: sparkctl fetches nothing from the network: download it, look at it, then create it`, {
      exitCode: exitCode.usage,
    });
  }
  try {
    return await cli.readFile(file);
  } catch (error) {
    throw new UserError(`${file}: ${reasonOf(error)}`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'is a directory: name the files in it',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
