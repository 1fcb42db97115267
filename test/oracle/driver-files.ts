import type { SparkApplication } from '../../api/sparkapplication.ts';
import { submissionIdOf } from '../../spark/identity.ts';
import { planSubmission } from '../../spark/submission/plan.ts';

/** What the driver gets from the ConfigMaps of a plan and makes executors of. */
export interface DriverFiles {
  /** Text of spark.properties. */
  readonly properties: string;
  /** Text of the executors' pod template. */
  readonly template: string;
}

/** Plans an application and takes the driver's files out of the plan. */
export function driverFiles(app: SparkApplication): DriverFiles {
  const planned = planSubmission({
    app,
    attempt: 1,
    submissionId: submissionIdOf(app.metadata.uid, 1),
    masterUrl: 'https://api:6443',
    submitTime: 0,
  });
  if (planned.lane !== 'Native') throw new Error(JSON.stringify(planned));
  const data = Object.assign(
    {},
    ...planned.resources.map((resource) => (resource.resource === 'configmaps' ? resource.object.data : {})),
  ) as Readonly<Record<string, string>>;
  return { properties: data['spark.properties'] ?? '', template: data['podspec-configmap-key'] ?? '' };
}
