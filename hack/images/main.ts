import { endWith } from '../end-with.ts';
import { createProgress } from '../../terminal/progress.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { buildImage } from './build-image.ts';
import { IMAGES, type ImageName } from './images.ts';

// node hack/images/main.ts build [IMAGE…]: builds the images (all by default) and prints a line "REF ARCHIVE" for each.
const isImage = (name: string): name is ImageName => Object.hasOwn(IMAGES, name);

await endWith(async () => {
  const [verb, ...names] = process.argv.slice(2);
  const known = Object.keys(IMAGES).filter(isImage);
  const wanted = names.length === 0 ? known : names.filter(isImage);
  if (verb !== 'build' || wanted.length < names.length) {
    console.error(`Usage: node hack/images/main.ts build [IMAGE…]\nImages: ${known.join(', ')}`);
    return 2;
  }
  const progress = createProgress();
  const needsMaven = wanted.some((name) => name.endsWith('-aws'));
  await prepareMachine(needsMaven ? ['images', 'spark-aws'] : ['images'], progress);
  for (const name of wanted) {
    const { ref, archive } = await buildImage(name, progress);
    console.log(`${ref} ${archive}`);
  }
  return 0;
});
