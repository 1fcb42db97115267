import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { featuresOf } from './features.ts';

/** Rules of this version are followed when nothing tells another: they are those that most versions share. */
const USUAL_VERSION = '4.0';

/** The version whose rules a submission follows, and how it is known. */
export interface SparkVersion {
  /** As written in `spec.sparkVersion`, or read from the image's tag; undefined when nothing tells it. */
  readonly written: string | undefined;
  /** What to look up in the table of features. */
  readonly followed: string;
}

/** `spec.sparkVersion`, else the tag of the driver's image if it is a version that we know, else nothing. */
export function sparkVersionOf({ sparkVersion, driver, image }: SparkApplicationSpec): SparkVersion {
  const tag = /:v?(\d+\.\d+(?:\.\d+)?)[^/]*$/.exec(firstSet(driver?.image, image) ?? '')?.[1];
  const written = firstSet(sparkVersion) ?? (tag !== undefined && featuresOf(tag).tested ? tag : undefined);
  return { written, followed: written ?? USUAL_VERSION };
}

const firstSet = (...texts: readonly (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined && text !== '');
