import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '../run.ts';

/** An OCI index or manifest, as far as it is read here (OCI image layout). */
interface Index {
  readonly manifests: readonly { readonly digest: string; readonly [part: string]: unknown }[];
  readonly [part: string]: unknown;
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string }[];
}

/**
 * Writes the one image of an OCI archive under another name, into an archive that podman, skopeo, buildah and containerd read as
 * OCI image layout, and older Dockers by the `manifest.json` that is added. The same image and name give the same bytes.
 */
export async function releaseArchive(from: string, reference: string, to: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'spark-operator-image-'));
  try {
    await run('tar', ['--extract', '--no-same-owner', '--file', from, '--directory', folder]);
    // Parse boundary: both files were written by a container engine, as the OCI image layout says.
    const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as Index;
    const [image, ...others] = index.manifests;
    if (image === undefined || others.length > 0)
      throw new Error(`${from} holds ${index.manifests.length} images, not one`);
    const manifest = JSON.parse(await readFile(join(folder, blobPath(image.digest)), 'utf8')) as Manifest;
    await writeFile(join(folder, 'index.json'), JSON.stringify(namedIndex(index, reference)));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(dockerManifest(manifest, reference)));
    await pack(folder, to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The index with the name in the annotations that podman and skopeo read, and containerd. */
export function namedIndex(index: Index, reference: string): Index {
  const annotations = { 'io.containerd.image.name': reference, 'org.opencontainers.image.ref.name': reference };
  return { ...index, manifests: index.manifests.map((manifest) => ({ ...manifest, annotations })) };
}

/** `manifest.json` of Docker's image archives. */
export const dockerManifest = ({ config, layers }: Manifest, reference: string): readonly object[] => [
  {
    Config: blobPath(config.digest),
    RepoTags: [reference],
    Layers: layers.map(({ digest }) => blobPath(digest)),
  },
];

const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** Neither times nor owners: the same content gives the same archive. */
async function pack(folder: string, to: string): Promise<void> {
  const constant = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar'];
  const parts = ['oci-layout', 'index.json', 'manifest.json', 'blobs'];
  await run('tar', ['--create', ...constant, '--file', to, '--directory', folder, ...parts]);
}
