import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { NativePlan } from '../submission/plan.ts';

/** Amounts by the name that a ResourceQuota gives them: CPU in thousandths of a core, memory and storage in bytes, else counts. */
export type Amounts = Readonly<Record<string, number>>;

/** What an application takes from the quotas of its namespace when it starts. */
export function requiredResources(plan: NativePlan, app: SparkApplication): Amounts {
  const pods = [plan.driverPod].length + (app.spec.executor?.instances ?? 1);
  return { pods };
}
