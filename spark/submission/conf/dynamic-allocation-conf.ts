import type { SparkApplication } from '../../../api/sparkapplication.ts';
import type { ConfEntry } from '../spark-conf.ts';
import { given } from './conf-entries.ts';

/** `spark.dynamicAllocation.*`; nothing unless it is enabled. Shuffle tracking is on unless switched off, for Kubernetes has no shuffle service. */
export function dynamicAllocationConf({ spec: { dynamicAllocation } }: SparkApplication): ConfEntry[] {
  if (dynamicAllocation?.enabled !== true) return [];
  const { initialExecutors, minExecutors, maxExecutors, shuffleTrackingEnabled, shuffleTrackingTimeout } =
    dynamicAllocation;
  return [
    ['spark.dynamicAllocation.enabled', 'true'],
    ...given('spark.dynamicAllocation.initialExecutors', initialExecutors),
    ...given('spark.dynamicAllocation.minExecutors', minExecutors),
    ...given('spark.dynamicAllocation.maxExecutors', maxExecutors),
    ['spark.dynamicAllocation.shuffleTracking.enabled', String(shuffleTrackingEnabled ?? true)],
    ...given('spark.dynamicAllocation.shuffleTracking.timeout', shuffleTrackingTimeout),
  ];
}
