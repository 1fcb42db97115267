import { run } from '../run.ts';
import { VERSIONS } from './versions.ts';

/** Where Go's own installer puts it, for shells whose PATH does not have it. */
const WELL_KNOWN = ['go', '/usr/local/go/bin/go'] as const;

/** The `go` command that can build the test clusters. Throws a message that names the fixing command otherwise. */
export async function requireGo(): Promise<string> {
  let found: string | undefined;
  for (const command of WELL_KNOWN) {
    const version = await versionOf(command);
    if (version !== undefined && isEnough(version)) return command;
    found ??= version;
  }
  throw new Error(missingGo(found));
}

/** True from the oldest Go in `versions.ts` on. Development versions without a number count as new enough. */
export function isEnough(version: string): boolean {
  const [major, minor] = numbers(version);
  const [needMajor, needMinor] = numbers(VERSIONS.go);
  if (major === undefined) return true;
  return major > (needMajor ?? 0) || (major === needMajor && (minor ?? 0) >= (needMinor ?? 0));
}

/** Why nothing can be built, and what to do about it. */
export function missingGo(found: string | undefined): string {
  const what = found === undefined ? 'Go is not installed' : `Go ${found} is too old`;
  const fix =
    'curl -fsSL https://go.dev/dl/go1.26.8.linux-amd64.tar.gz | sudo tar -C /usr/local -xz  (arm64: linux-arm64)';
  return [
    `${what}: the test cluster is built from Go modules and needs Go ${VERSIONS.go} or newer.`,
    `Install it with:  ${fix}`,
    'then run the same command again; /usr/local/go/bin is found without being on the PATH.',
  ].join('\n');
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ['env', 'GOVERSION'], { env: { GOTOOLCHAIN: 'local' } });
    return stdout.trim().replace(/^go/, '');
  } catch {
    return undefined;
  }
}

function numbers(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number);
}
