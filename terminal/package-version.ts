import { readFileSync } from 'node:fs';

/** The version in package.json, which lies one folder up from the sources and two up from dist/terminal. */
export function packageVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    const version = versionIn(new URL(path, import.meta.url));
    if (version !== undefined) return version;
  }
  return 'unknown';
}

/** The repository, and the packages that `npm run package` makes of a command line alone. */
const OURS: ReadonlySet<unknown> = new Set(['spark-operator', 'sparkctl', 'opsparkctl']);

function versionIn(file: URL): string | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content !== 'object' || content === null || !('name' in content) || !('version' in content))
      return undefined;
    return OURS.has(content.name) && typeof content.version === 'string' ? content.version : undefined;
  } catch {
    return undefined;
  }
}
