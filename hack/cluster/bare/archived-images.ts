/** An image of an archive: its full name and the digest of its manifest. */
export interface ArchivedImage {
  readonly reference: string;
  readonly digest: string;
}

/**
 * The images of an OCI archive, from its `index.json`. Nothing when one of them has no full name (docker archives of
 * before OCI, archives without names): such an archive must simply be imported.
 */
export function archivedImages(indexJson: string): readonly ArchivedImage[] {
  // The OCI image layout says what an index holds; every part of it is optional here.
  const index = JSON.parse(indexJson) as {
    readonly manifests?: readonly {
      readonly digest?: string;
      readonly annotations?: Readonly<Record<string, string>>;
    }[];
  };
  const images = (index.manifests ?? []).flatMap(({ digest, annotations = {} }) => {
    const reference = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'];
    return digest !== undefined && reference?.includes('/') === true ? [{ reference, digest }] : [];
  });
  return images.length === index.manifests?.length ? images : [];
}

/** Whether a listing of `ctr images list` has the image: name, type and digest are its first columns. */
export function isListed({ reference, digest }: ArchivedImage, listing: string): boolean {
  return listing.split('\n').some((line) => {
    const [name, , listedDigest] = line.split(/\s+/);
    return name === reference && listedDigest === digest;
  });
}
