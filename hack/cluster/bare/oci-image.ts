import { createHash } from 'node:crypto';

/** A file of a tar archive. */
export interface TarEntry {
  readonly path: string;
  readonly content: Buffer;
  readonly mode?: number;
}

const BLOCK = 512;

/** A tar archive of plain files; the same entries always give the same bytes. */
export function tar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(tarEntry), Buffer.alloc(2 * BLOCK)]);
}

function tarEntry({ path, content, mode = 0o644 }: TarEntry): Buffer[] {
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0, 100);
  header.write(octal(mode, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(content.length, 12), 124);
  header.write(octal(0, 12), 136);
  // The checksum counts its own field as blanks.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return [header, content, padding];
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

/** What an image holds: files in one layer and the command it starts. */
export interface ImageContent {
  readonly reference: string;
  readonly architecture: string;
  readonly entrypoint: readonly string[];
  readonly files: readonly TarEntry[];
}

/** An OCI archive with one image of one layer, ready to be imported. */
export function ociArchive({ reference, architecture, entrypoint, files }: ImageContent): Buffer {
  const layer = blob('application/vnd.oci.image.layer.v1.tar', tar(files));
  const config = jsonBlob('application/vnd.oci.image.config.v1+json', {
    architecture,
    os: 'linux',
    config: { Entrypoint: entrypoint },
    rootfs: { type: 'layers', diff_ids: [layer.descriptor.digest] },
  });
  const manifest = jsonBlob('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    config: config.descriptor,
    layers: [layer.descriptor],
  });
  const annotations = { 'io.containerd.image.name': reference, 'org.opencontainers.image.ref.name': reference };
  const index = { schemaVersion: 2, manifests: [{ ...manifest.descriptor, annotations }] };
  return tar([
    { path: 'oci-layout', content: Buffer.from('{"imageLayoutVersion":"1.0.0"}') },
    { path: 'index.json', content: Buffer.from(JSON.stringify(index)) },
    ...[layer, config, manifest].map(({ descriptor, content }) => ({ path: blobPath(descriptor.digest), content })),
  ]);
}

interface Blob {
  readonly descriptor: { readonly mediaType: string; readonly digest: string; readonly size: number };
  readonly content: Buffer;
}

function blob(mediaType: string, content: Buffer): Blob {
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  return { descriptor: { mediaType, digest, size: content.length }, content };
}

function jsonBlob(mediaType: string, content: object): Blob {
  return blob(mediaType, Buffer.from(JSON.stringify(content)));
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}
