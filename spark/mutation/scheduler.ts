import type { Mutator } from './mutator.ts';
import { withSpec } from './pod-edit.ts';

/** `batchScheduler` of the application, else `schedulerName` of the role. */
export const setScheduler: Mutator = (pod, { app, fields }) => {
  const schedulerName = [app.spec.batchScheduler, fields.schedulerName].find(
    (name) => name !== undefined && name !== '',
  );
  return schedulerName === undefined ? pod : withSpec(pod, { schedulerName });
};
