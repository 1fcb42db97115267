import { createProgress } from '../progress.ts';
import { buildImage } from './build-image.ts';
import { IMAGES, type ImageName } from './images.ts';

// node hack/images/main.ts build [IMAGE…]: builds the images (all by default) and prints a line "REF ARCHIVE" for each.
const [verb, ...names] = process.argv.slice(2);
const isImage = (name: string): name is ImageName => Object.hasOwn(IMAGES, name);
const known = Object.keys(IMAGES).filter(isImage);
const wanted = names.length === 0 ? known : names.filter(isImage);

if (verb !== 'build' || wanted.length < names.length) {
  console.error(`Usage: node hack/images/main.ts build [IMAGE…]\nImages: ${known.join(', ')}`);
  process.exitCode = 2;
} else {
  for (const name of wanted) {
    const { ref, archive } = await buildImage(name, createProgress());
    console.log(`${ref} ${archive}`);
  }
}
