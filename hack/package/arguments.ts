import { parseArgs } from 'node:util';

import { IMAGES, type ImageName } from '../images/images.ts';

export const USAGE = `npm run package [-- --image IMAGE]…
  --image IMAGE   put this image beside the operator's, too; may be repeated. One of: ${Object.keys(IMAGES).join(', ')}`;

const isImage = (name: string): name is ImageName => Object.hasOwn(IMAGES, name);

/** The images to package: the operator's first. Throws a message with the usage when the arguments cannot be understood. */
export function parsePackageArguments(argv: readonly string[]): readonly ImageName[] {
  const wanted = parse(argv);
  const unknown = wanted.find((name) => !isImage(name));
  if (unknown !== undefined) throw new Error(`There is no image "${unknown}"\n${USAGE}`);
  return [...new Set<ImageName>(['operator', ...wanted.filter(isImage)])];
}

function parse(argv: readonly string[]): readonly string[] {
  try {
    return parseArgs({ args: [...argv], options: { image: { type: 'string', multiple: true } } }).values.image ?? [];
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
}
