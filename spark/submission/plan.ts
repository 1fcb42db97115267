import type { ObjectMeta, Pod } from '../../api/kubernetes.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { SparkPodDefaults } from '../../api/sparkpoddefaults.ts';
import { sparkApplicationIdOf } from '../identity.ts';
import { fillPod } from '../pod-defaults/fill-pod.ts';
import { joinReports, type FillReport } from '../pod-defaults/filled.ts';
import { mutatePod } from '../mutation/mutate-pod.ts';
import { ownerReference } from '../mutation/owner.ts';
import type { Violation } from '../validation/validate.ts';
import { attemptLabels } from './conf/label-conf.ts';
import { buildDriver } from './driver/build-driver.ts';
import { effectiveConf } from './effective-conf.ts';
import { executorSaid } from './executor-said.ts';
import { executorTemplate } from './executor-template.ts';
import { featuresOf } from './features.ts';
import { chooseLane } from './lane.ts';
import { languageOf } from './main-application.ts';
import { submissionNames } from './names.ts';
import { planWarnings } from './plan-warnings.ts';
import type { PlannedResource } from './planned-resource.ts';
import { sparkVersionOf } from './spark-version.ts';

/** Everything a submission depends on: the same input always gives the same plan. */
export interface SubmissionInput {
  /** With defaults filled in. */
  readonly app: SparkApplication;
  /** 1 and up, over the whole life of the application. */
  readonly attempt: number;
  /** `submissionIdOf(uid, attempt)`. */
  readonly submissionId: string;
  /** URL of the API server, such as https://10.96.0.1:443. */
  readonly masterUrl: string;
  /** Milliseconds since 1970. */
  readonly submitTime: number;
  /** Whose pod fields are filled into driver and executors, in order of precedence. Their properties are in `app` already. */
  readonly podDefaults?: readonly SparkPodDefaults[];
}

/** Objects to create: all resources first, the driver pod last. */
export interface NativePlan {
  readonly lane: 'Native';
  readonly sparkApplicationId: string;
  readonly driverPod: Pod;
  readonly resources: readonly PlannedResource[];
  /** What the user wrote and has no effect. */
  readonly warnings: readonly string[];
}

/** Real spark-submit has to do it, for these reasons. */
export interface SparkSubmitPlan {
  readonly lane: 'SparkSubmit';
  readonly reasons: readonly string[];
}

/** No lane can submit this. */
export interface RejectedPlan {
  readonly lane: 'Rejected';
  readonly violations: readonly Violation[];
}

/** What SparkPodDefaults gave the pods of a plan. */
export interface FilledPlan extends NativePlan {
  readonly filled: FillReport;
}

export type SubmissionPlan = FilledPlan | SparkSubmitPlan | RejectedPlan;

/** Plans one attempt: what spark-submit would have built for it, owned by the application. Pure. */
export function planSubmission(input: SubmissionInput): SubmissionPlan {
  const { app, submissionId, podDefaults = [] } = input;
  const conf = effectiveConf(input);
  const choice = chooseLane(app, conf);
  if (choice.lane !== 'Native') return choice;

  const sparkApplicationId = sparkApplicationIdOf(submissionId);
  const version = sparkVersionOf(app.spec);
  const executor = fillPod(executorTemplate(app), 'executor', podDefaults, { said: executorSaid(conf) });
  const { pod, resources } = buildDriver({
    app,
    conf,
    features: featuresOf(version.followed).features,
    sparkVersion: version.written,
    names: submissionNames(conf.get('spark.app.name') ?? app.metadata.name, submissionId),
    language: languageOf(app),
    sparkApplicationId,
    executorTemplate: executor.pod,
  });
  const driver = fillPod(mutatePod(pod, 'driver', app), 'driver', podDefaults);
  return {
    lane: 'Native',
    sparkApplicationId,
    driverPod: driver.pod,
    resources: resources.map((planned) => owned(planned, app, submissionId)),
    warnings: planWarnings({ app, conf }),
    filled: joinReports(driver, executor),
  };
}

/** Every object beside the pod belongs to the application, and says which attempt it is of. */
function owned<T extends PlannedResource>(planned: T, app: SparkApplication, submissionId: string): T {
  const metadata: ObjectMeta = {
    ...planned.object.metadata,
    labels: { ...planned.object.metadata?.labels, ...attemptLabels(app, submissionId) },
    ownerReferences: [ownerReference(app)],
  };
  return { ...planned, object: { ...planned.object, metadata } };
}
