import { describe, expect, it } from '@jest/globals';

import { archivedImages, isListed, type ArchivedImage } from './archived-images.ts';

const ref = 'org.opencontainers.image.ref.name';

const cases: Record<string, { given: object; want: readonly ArchivedImage[] }> = {
  'a named image': {
    given: { manifests: [{ digest: 'sha256:1', annotations: { [ref]: 'localhost/a:1' } }] },
    want: [{ reference: 'localhost/a:1', digest: 'sha256:1' }],
  },
  'an image that has only a tag': {
    given: { manifests: [{ digest: 'sha256:1', annotations: { [ref]: '1' } }] },
    want: [],
  },
  'one of two without a name': {
    given: { manifests: [{ digest: 'sha256:1', annotations: { [ref]: 'localhost/a:1' } }, { digest: 'sha256:2' }] },
    want: [],
  },
  'an empty index': { given: {}, want: [] },
};

describe('archivedImages', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(archivedImages(JSON.stringify(given))).toEqual(want);
  });
});

describe('isListed', () => {
  const listing = [
    'REF           TYPE                                     DIGEST   SIZE      PLATFORMS   LABELS',
    'localhost/a:1 application/vnd.oci.image.manifest.v1+json sha256:1 730.1 MiB linux/amd64 -',
  ].join('\n');

  it.each([
    ['localhost/a:1', 'sha256:1', true],
    ['localhost/a:1', 'sha256:2', false],
    ['localhost/a', 'sha256:1', false],
  ])('%s with %s: %s', (reference, digest, want) => {
    expect(isListed({ reference, digest }, listing)).toBe(want);
  });
});
