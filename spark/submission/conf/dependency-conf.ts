import type { SparkApplication } from '../../../api/sparkapplication.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { givenList } from './conf-entries.ts';

/** `deps` as the properties that the flags of spark-submit end in; each wins over `sparkConf`. Packages are resolved in the driver. */
export const dependencyConf = ({ spec: { deps } }: SparkApplication): ConfEntry[] => [
  ...givenList('spark.jars', deps?.jars),
  ...givenList('spark.files', deps?.files),
  ...givenList('spark.submit.pyFiles', deps?.pyFiles),
  ...givenList('spark.archives', deps?.archives),
  ...givenList('spark.jars.packages', deps?.packages),
  ...givenList('spark.jars.excludes', deps?.excludePackages),
  ...givenList('spark.jars.repositories', deps?.repositories),
];
