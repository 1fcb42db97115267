import {
  LABEL_APP_NAME,
  LABEL_LAUNCHED_BY,
  LABEL_SUBMISSION_ID,
  OPERATOR_LABEL_PREFIX,
  sparkOwnedLabels,
} from '../../../api/labels.ts';
import type { SparkApplication } from '../../../api/sparkapplication.ts';

/** Kueue reads these on the application; on pods they would queue every pod once more. */
const KUEUE_PREFIX = 'kueue.x-k8s.io/';

/** The labels by which the operator finds the objects of one attempt again. */
export const attemptLabels = ({ metadata }: SparkApplication, submissionId: string): Record<string, string> => ({
  [LABEL_APP_NAME]: metadata.name,
  [LABEL_LAUNCHED_BY]: 'true',
  [LABEL_SUBMISSION_ID]: submissionId,
});

/**
 * The labels of one role's pods: those of the application itself (without Kueue's, Spark's and the operator's, which
 * mean the application and not its pods), then those of the role, then the attempt's, which always win.
 */
export function podLabels(
  app: SparkApplication,
  roleLabels: Readonly<Record<string, string>> | undefined,
  submissionId: string,
): Record<string, string> {
  const copied = Object.entries(app.metadata.labels ?? {}).filter(
    ([key]) =>
      !key.startsWith(KUEUE_PREFIX) && !key.startsWith(OPERATOR_LABEL_PREFIX) && !sparkOwnedLabels.includes(key),
  );
  return { ...Object.fromEntries(copied), ...roleLabels, ...attemptLabels(app, submissionId) };
}
