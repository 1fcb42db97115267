import { SPARK_APPLICATION_KIND } from '../../api/group.ts';
import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import type { SparkApplication } from '../../api/sparkapplication.ts';
import { checkOpenParts } from '../../spark/validation/open-parts.ts';
import { validateSchedule } from '../../spark/validation/schedule.ts';
import { dryPlan } from '../applications/dry-plan.ts';
import { judgeAccess } from '../applications/judge-access.ts';
import { judgePlan } from '../applications/judge-plan.ts';
import type { ApplicationWorld } from '../applications/review-application.ts';
import type { AdmissionRequest } from '../review/admission-request.ts';
import { changesSpec } from '../review/changes-spec.ts';
import { type Judgement, openParts, protoKey, verdictOf } from '../review/judgement.ts';
import { reviewedObject } from '../review/reviewed-object.ts';
import { type Review, untouched } from '../review/verdict.ts';

/**
 * Reviews a new or changed ScheduledSparkApplication, its template as the application that it will start. The rights of
 * the author count here, because the operator creates the runs.
 */
export const reviewSchedule =
  (world: ApplicationWorld): Review<AdmissionRequest> =>
  async (request) => {
    if (!world.scope.serves(request.namespace) || !changesSpec(request)) return untouched;
    // Typed by the CRD; its open parts are checked below.
    const schedule = reviewedObject(request) as ScheduledSparkApplication;
    const judged = judge(world, request, schedule);
    const verdict = verdictOf(...judged);
    if (!verdict.allowed) return verdict;
    return verdictOf(...judged, inTemplate(await judgeAccess(world, request, runOf(schedule))));
  };

function judge(
  world: ApplicationWorld,
  request: AdmissionRequest,
  schedule: ScheduledSparkApplication,
): readonly Judgement[] {
  const parts = openParts(checkOpenParts(schedule.spec.template, 'spec.template'), request);
  const violations = validateSchedule(schedule);
  const own = [protoKey(request), parts, { violations }];
  // What `validateSchedule` has found would come a second time, in other words, from the plan.
  if (violations.length > 0) return own;
  const run = runOf(schedule);
  return [
    ...own,
    inTemplate(judgePlan(dryPlan(run, world.selectDefaults(request.namespace, run.metadata.labels ?? {})))),
  ];
}

/** The application of one run. Its name is only a sample. */
const runOf = ({ apiVersion, metadata, spec }: ScheduledSparkApplication): SparkApplication => ({
  apiVersion,
  kind: SPARK_APPLICATION_KIND,
  metadata,
  spec: spec.template,
});

/** Paths of an application as paths of the template. */
function inTemplate({ violations = [], forbidden = [], warnings = [] }: Judgement): Judgement {
  const moved = (text: string): string => text.replace(/(?<![.\w])spec\./g, 'spec.template.');
  const all = (list: NonNullable<Judgement['violations']>): NonNullable<Judgement['violations']> =>
    list.map(({ field, message, rule }) => ({ field: moved(field), message: moved(message), rule }));
  return { violations: all(violations), forbidden: all(forbidden), warnings: warnings.map(moved) };
}
