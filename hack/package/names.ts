import type { ImageName } from '../images/images.ts';

/** The file of an image: `spark-operator-image-0.1.0.tar`; others keep their name: `spark-4.0.1-image-0.1.0.tar`. */
export const imageFile = (name: ImageName, version: string): string =>
  `${name === 'operator' ? 'spark-operator' : name}-image-${version}.tar`;

/**
 * The name of an image in its archive. The operator's has the version of the release, as the chart expects it by default; the
 * others keep the tag that says which Spark they have.
 */
export const imageReference = (name: ImageName, built: string, version: string): string =>
  name === 'operator' ? `${built.slice(0, built.lastIndexOf(':'))}:${version}` : built;
