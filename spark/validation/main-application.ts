import type { SparkApplicationSpec } from '../../api/sparkapplication.ts';
import { when, type Check } from './check.ts';

/** Nothing to run. */
export const mainApplicationFileMissing: Check = ({ spec: { mainApplicationFile } }) =>
  when(
    // The CRD demands it; null reaches us where the CRD is not ours.
    ((mainApplicationFile as string | null | undefined) ?? '') === '',
    'spec.mainApplicationFile',
    'is missing: give the URI of the jar, Python or R file, such as local:///opt/spark/examples/jars/spark-examples.jar',
  );

/** spark-submit cannot look into a jar that lies in the image or in a store, so someone must name the class. */
export const mainClassMissing: Check = ({ spec }) =>
  when(
    !isScript(spec) && (spec.mainClass ?? '') === '',
    'spec.mainClass',
    'is missing: a Java or Scala application needs the name of the class with its main method',
  );

/** No image for one of the two roles. */
export const imageMissing: Check = ({ spec: { image, driver, executor } }) =>
  when(
    isBlank(image) && (isBlank(driver?.image) || isBlank(executor?.image)),
    'spec.image',
    'is missing: set image, or driver.image and executor.image',
  );

const isBlank = (text: string | undefined): boolean => (text ?? '').trim() === '';

/** Whether the main file is run by Python or R: told as spark-submit tells it, and by the type. */
const isScript = ({ type, mainApplicationFile }: SparkApplicationSpec): boolean =>
  /\.(py|R)$/.test(mainApplicationFile) || type === 'Python' || type === 'R';
