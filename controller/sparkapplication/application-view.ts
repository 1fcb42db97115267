import type { SparkApplication } from '../../api/sparkapplication.ts';
import { without } from './without.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An application without what no decision reads: the managed fields and kubectl's copy of the manifest. */
export function applicationView(app: SparkApplication): SparkApplication {
  const metadata = without(app.metadata, 'managedFields');
  const { annotations } = metadata;
  return {
    ...app,
    metadata: annotations === undefined ? metadata : { ...metadata, annotations: without(annotations, LAST_APPLIED) },
  };
}

/** Two versions of an object are the same when the API server numbers them so. */
export const sameVersion = (before: SparkApplication, after: SparkApplication): boolean =>
  before.metadata.resourceVersion === after.metadata.resourceVersion && before.metadata.uid === after.metadata.uid;
