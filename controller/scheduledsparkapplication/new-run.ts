import { ANNOTATION_DUE_AT, ANNOTATION_RUN_NOW, LABEL_SCHEDULED_APP_NAME } from '../../api/labels.ts';
import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import { rfc3339 } from '../sparkapplication/time.ts';
import type { RunStart } from './decision.ts';

/**
 * The application of a run, as kubeflow makes it: the template as it is, the labels of the schedule and its name as one more,
 * owned by the schedule. Annotations of the schedule stay with it; ours says when the run was due.
 */
export function newRun(schedule: ScheduledSparkApplication, { name, due }: RunStart): object {
  const { apiVersion, kind, metadata, spec } = schedule;
  const dueAt = due === undefined ? (metadata.annotations?.[ANNOTATION_RUN_NOW] ?? '') : rfc3339(due);
  return {
    apiVersion,
    kind: 'SparkApplication',
    metadata: {
      name,
      namespace: metadata.namespace,
      labels: { ...metadata.labels, [LABEL_SCHEDULED_APP_NAME]: metadata.name },
      annotations: { [ANNOTATION_DUE_AT]: dueAt },
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, blockOwnerDeletion: true }],
    },
    spec: spec.template,
  };
}
