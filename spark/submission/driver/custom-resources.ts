import type { SparkConf } from '../spark-conf.ts';

/** One `spark.driver.resource.<name>.*` request. */
export interface CustomResource {
  readonly name: string;
  readonly amount: string | undefined;
  readonly vendor: string | undefined;
}

/** The custom resources (GPUs and their like) that the properties ask for the driver. */
export function customResources(conf: SparkConf): readonly CustomResource[] {
  const names = new Set(
    conf.withPrefix('spark.driver.resource.').map(([key]) => key.slice(0, Math.max(0, key.lastIndexOf('.')))),
  );
  return [...names].map((name) => ({
    name,
    amount: conf.raw(`spark.driver.resource.${name}.amount`),
    vendor: conf.raw(`spark.driver.resource.${name}.vendor`),
  }));
}

/** The limits that they become: `<vendor>/<name>: <amount>`. */
export const customResourceLimits = (conf: SparkConf): Record<string, string> =>
  Object.fromEntries(
    customResources(conf).flatMap(({ name, amount, vendor }): [string, string][] =>
      amount === undefined || vendor === undefined ? [] : [[`${vendor}/${name}`, amount]],
    ),
  );
