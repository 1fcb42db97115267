import type { SparkApplication, SparkApplicationSpec, SparkPodSpec } from '../../api/sparkapplication.ts';
import type { Finding } from './violation.ts';

/** A pure check of one subject; an empty list means that all is well. */
export type Check = (app: SparkApplication) => readonly Finding[];

/** Driver or executor, with the path of its field. */
export interface RolePod {
  readonly role: 'driver' | 'executor';
  readonly path: string;
  readonly pod: SparkPodSpec;
}

/** Both pods of an application; one that is not said is empty. */
export const rolePods = ({ driver = {}, executor = {} }: SparkApplicationSpec): readonly RolePod[] => [
  { role: 'driver', path: 'spec.driver', pod: driver },
  { role: 'executor', path: 'spec.executor', pod: executor },
];

/** Path of a Spark property. */
export const confPath = (key: string): string => `spec.sparkConf["${key}"]`;

/** The finding when `holds`, else nothing. */
export const when = (holds: boolean, field: string, message: string): readonly Finding[] =>
  holds ? [{ field, message }] : [];

/** Names that come more than once, each once. In one pass: the lists are as long as an object may be. */
export function repeated(names: readonly string[]): readonly string[] {
  const [seen, again] = [new Set<string>(), new Set<string>()];
  for (const name of names) (seen.has(name) ? again : seen).add(name);
  return [...again];
}
