import type { StringMap } from '../../api/scalars.ts';
import { quotedOption, splitOptions } from './option-string.ts';

/** Java options of spark-submit; the driver reads `-Dspark.…` of them where nothing else sets the property. */
export const SUBMIT_OPTS = 'SPARK_SUBMIT_OPTS';

/**
 * Properties as the value of the variable SPARK_SUBMIT_OPTS in a pod. The kubelet makes $ of $$ and takes $(X) for another
 * variable, so every $ is doubled.
 */
export const submitOpts = (properties: StringMap): string =>
  Object.entries(properties)
    .map(([key, value]) => quotedOption(`-D${key}=${value}`))
    .join(' ')
    .replaceAll('$', '$$$$');

/** The properties in a value of SPARK_SUBMIT_OPTS, the last of each key as in Java; undefined when it cannot be read. */
export function propertiesIn(value: string): StringMap | undefined {
  const options = splitOptions(value.replaceAll('$$', '$'));
  if (options === undefined) return undefined;
  return Object.fromEntries(
    options.flatMap((option) => {
      const [, key, text] = /^-D(spark\.[^=]*)=?(.*)$/s.exec(option) ?? [];
      return key === undefined ? [] : [[key, text ?? '']];
    }),
  );
}
