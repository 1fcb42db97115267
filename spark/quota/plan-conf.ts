import { javaBoolean } from '../submission/java-text.ts';
import type { NativePlan } from '../submission/plan.ts';
import { sparkConf, type SparkConf } from '../submission/spark-conf.ts';

/** The text of one key of a ConfigMap of the plan; undefined when no ConfigMap has it. */
export const plannedText = ({ resources }: NativePlan, key: string): string | undefined =>
  resources.flatMap((planned) => (planned.resource === 'configmaps' ? [planned.object.data?.[key]] : [])).find(isText);

const isText = (text: string | undefined): text is string => text !== undefined;

/** The Spark properties of a plan, read back from the file that the driver will read. */
export const plannedConf = (plan: NativePlan): SparkConf =>
  sparkConf(
    (plannedText(plan, 'spark.properties') ?? '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, string] => {
        const end = /^(?:\\.|[^\\=])*/.exec(line)?.[0].length ?? 0;
        return [unescaped(line.slice(0, end)), unescaped(line.slice(end + 1))];
      }),
  );

const letters: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_escape, letter: string) => letters[letter] ?? letter);

/** Whether a property says true. */
export const isOn = (conf: SparkConf, key: string): boolean => javaBoolean(conf.get(key) ?? '') === true;
