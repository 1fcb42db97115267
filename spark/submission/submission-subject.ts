import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkFeatures } from './features.ts';
import type { SparkConf } from './spark-conf.ts';

/** What the rules of a submission look at. */
export interface SubmissionSubject {
  readonly app: SparkApplication;
  /** The properties as they would be submitted. */
  readonly conf: SparkConf;
  readonly features: SparkFeatures;
  readonly sparkVersion: string | undefined;
}
