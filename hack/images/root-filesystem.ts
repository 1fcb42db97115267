import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { run } from '../run.ts';

/** Debian's packages for a Java 17 run time with what the Spark image adds to it. */
const PACKAGES = ['openjdk-17-jre-headless', 'python3', 'tini', 'ca-certificates', 'procps'] as const;
const SUITE = 'bookworm';
const PUBLIC_MIRROR = 'http://deb.debian.org/debian';

/** Not needed in an image, and a third of its size. */
const SUPERFLUOUS = ['usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/info', 'var/lib/apt/lists'];

/** What the file systems are made from: part of the key of every image built on them. */
export const ROOT_FILESYSTEM_RECIPE = [SUITE, ...PACKAGES, ...SUPERFLUOUS].join(' ');

/** The two root file systems, as tar files. */
export interface RootFilesystems {
  /** Debian with Java and Python. */
  readonly java: string;
  /** Node.js and the libraries it loads, nothing else: no shell, no package manager. */
  readonly node: string;
}

/**
 * Makes both root file systems with debootstrap, from the Debian mirror that apt is set up with. Needs root.
 * Files that exist already are left; a file appears only when it is complete.
 */
export async function makeRootFilesystems(target: RootFilesystems, nodeBinary: string): Promise<void> {
  await mkdir(dirname(target.java), { recursive: true });
  const work = await mkdtemp(join(dirname(target.java), 'debootstrap-'));
  try {
    const debian = join(work, 'debian');
    await run('debootstrap', [
      ...['--variant=minbase', `--include=${PACKAGES.join(',')}`, SUITE],
      ...[debian, await debianMirror()],
    ]);
    await rm(join(debian, 'var/cache/apt'), { recursive: true, force: true });
    for (const path of SUPERFLUOUS) await rm(join(debian, path), { recursive: true, force: true });
    await makeNodeRoot(debian, join(work, 'node'), nodeBinary);
    await pack(join(work, 'node'), target.node);
    await pack(debian, target.java);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The Debian archive that apt uses here, or the public one where apt does not serve this suite. */
async function debianMirror(): Promise<string> {
  const format = '$(SITE) $(RELEASE) $(COMPONENT)';
  const targets = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']).catch(
    () => undefined,
  );
  return mirrorOf(targets?.stdout ?? '');
}

/** Finds the site of the suite's main component in the lines `SITE RELEASE COMPONENT`. */
export function mirrorOf(indexTargets: string): string {
  const rows = indexTargets.split('\n').map((line) => line.trim().split(' '));
  return rows.find(([, release, component]) => release === SUITE && component === 'main')?.[0] ?? PUBLIC_MIRROR;
}

async function makeNodeRoot(debian: string, root: string, nodeBinary: string): Promise<void> {
  const inDebian = join(debian, 'tmp/node');
  await copyFile(nodeBinary, inDebian);
  await chmod(inDebian, 0o755);
  const { stdout } = await run('chroot', [debian, 'ldd', '/tmp/node']);
  await mkdir(join(root, 'usr/local/bin'), { recursive: true });
  await rename(inDebian, join(root, 'usr/local/bin/node'));
  for (const library of sharedLibraries(stdout)) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await copyFile(join(debian, library), join(root, library));
  }
  await mkdir(join(root, 'etc/ssl/certs'), { recursive: true });
  await copyFile(join(debian, 'etc/ssl/certs/ca-certificates.crt'), join(root, 'etc/ssl/certs/ca-certificates.crt'));
  await writeFile(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/:/sbin/nologin\nspark:x:185:185:spark:/tmp:/sbin/nologin\n',
  );
  await writeFile(join(root, 'etc/group'), 'root:x:0:\nspark:x:185:\n');
  await mkdir(join(root, 'tmp'));
  await chmod(join(root, 'tmp'), 0o1777);
}

/** The files that `ldd` names: `libc.so.6 => /lib/… (0x…)` and `/lib64/ld-linux… (0x…)`. */
export function sharedLibraries(ldd: string): readonly string[] {
  return ldd.split('\n').flatMap((line) => /(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}

async function pack(folder: string, file: string): Promise<void> {
  const skipped = ['./proc/*', './sys/*', './dev/*'].map((path) => `--exclude=${path}`);
  await run('tar', ['--create', '--file', `${file}.new`, '--numeric-owner', ...skipped, '--directory', folder, '.']);
  await rename(`${file}.new`, file);
}
