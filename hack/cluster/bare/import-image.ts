import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { cacheDir } from '../../cache.ts';
import { run } from '../../run.ts';
import { binaryPath } from '../binaries.ts';
import { VERSIONS } from '../versions.ts';
import { CONTAINERD_SOCKET, PAUSE_IMAGE } from './node-configuration.ts';
import { archivedImages, isListed, type ArchivedImage } from './archived-images.ts';
import { ociArchive } from './oci-image.ts';

/**
 * Imports an OCI or docker archive into the containerd of the node with this init process, unless the node has all of
 * its images already, under the same names.
 */
export async function importImage(initPid: number, archive: string): Promise<void> {
  const wanted = await imagesOf(archive);
  const { stdout } = await run('ctr', [...ctr(initPid), 'images', 'list']);
  if (wanted.length > 0 && wanted.every((image) => isListed(image, stdout))) return;
  await run('ctr', [...ctr(initPid), 'images', 'import', '--all-platforms', archive]);
}

async function imagesOf(archive: string): Promise<readonly ArchivedImage[]> {
  const index = await run('tar', ['--extract', '--to-stdout', '--seek', '--file', archive, 'index.json']).catch(
    () => undefined,
  );
  return index === undefined ? [] : archivedImages(index.stdout);
}

/** The pause image as an archive in the cache. */
export async function pauseArchive(): Promise<string> {
  const file = cacheDir(`node-programs-${VERSIONS.nodePrograms}`, 'pause.tar');
  const program = await readFile(binaryPath('node-programs', 'pause'));
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const files = [{ path: 'pause', content: program, mode: 0o755 }];
  await mkdir(dirname(file), { recursive: true });
  // Two nodes may do this at once: each writes a file of its own and moves it into place.
  const unfinished = `${file}.${process.pid}.${Math.round(performance.now() * 1000)}`;
  await writeFile(unfinished, ociArchive({ reference: PAUSE_IMAGE, architecture, entrypoint: ['/pause'], files }));
  await rename(unfinished, file);
  return file;
}

/** The node's /run is its own; the kernel shows it below the root of its init process. */
function ctr(initPid: number): string[] {
  return ['--address', `/proc/${initPid}/root${CONTAINERD_SOCKET}`, '--namespace', 'k8s.io'];
}
