import { MAX_LABEL_LENGTH } from '../../api/names.ts';
import type { ScheduledSparkApplication } from '../../api/scheduledsparkapplication.ts';
import { when } from './check.ts';
import { isTimeZone, parseSchedule } from './schedule-expression.ts';
import { validate } from './validate.ts';
import type { Finding, Violation } from './violation.ts';

/** A pure check of one subject of a schedule. */
type ScheduleCheck = (schedule: ScheduledSparkApplication) => readonly Finding[];

/** Runs are named `<schedule>-<nanoseconds since 1970>`, as kubeflow names them. */
const RUN_SUFFIX_LENGTH = 20;
const MAX_NAME_LENGTH = MAX_LABEL_LENGTH - RUN_SUFFIX_LENGTH;

const scheduleNameNotLabel: ScheduleCheck = ({ metadata: { name } }) => [
  ...when(
    !/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name),
    'metadata.name',
    `"${name}" must be lower-case letters, digits and dashes and start with a letter: the runs are named after it`,
  ),
  ...when(
    name.length > MAX_NAME_LENGTH,
    'metadata.name',
    `has ${name.length} characters, ${MAX_NAME_LENGTH} at most are possible: each run is named after it, with ${RUN_SUFFIX_LENGTH} more`,
  ),
];

const scheduleUnreadable: ScheduleCheck = ({ spec: { schedule } }) => {
  const parsed = parseSchedule(schedule);
  return parsed.kind === 'Invalid' ? [{ field: 'spec.schedule', message: parsed.message }] : [];
};

const timeZoneUnknown: ScheduleCheck = ({ spec: { timeZone } }) =>
  when(
    timeZone !== undefined && timeZone !== '' && !isTimeZone(timeZone),
    'spec.timeZone',
    `"${timeZone ?? ''}" is not a time zone: use an IANA name such as Europe/Zurich`,
  );

const choices = { concurrencyPolicy: ['Allow', 'Forbid', 'Replace'], catchUp: ['None', 'Last', 'All'] } as const;

const scheduleWordUnknown: ScheduleCheck = ({ spec }) =>
  (['concurrencyPolicy', 'catchUp'] as const).flatMap((name) => {
    const word: string = spec[name] ?? choices[name][0];
    const allowed: readonly string[] = choices[name];
    return when(!allowed.includes(word), `spec.${name}`, `"${word}" is unknown: use ${allowed.join(', ')}`);
  });

const scheduleNumberOutOfRange: ScheduleCheck = ({ spec }) =>
  (
    [
      ['successfulRunHistoryLimit', 0],
      ['failedRunHistoryLimit', 0],
      ['startingDeadlineSeconds', 1],
    ] as const
  ).flatMap(([name, least]) => {
    const number = spec[name] ?? least;
    return when(
      !(Number.isInteger(number) && number >= least),
      `spec.${name}`,
      `must be a whole number of at least ${least}`,
    );
  });

/** Every rule of a schedule by the name of the violation that it finds. */
export const scheduleRules = {
  scheduleNameNotLabel,
  scheduleUnreadable,
  timeZoneUnknown,
  scheduleWordUnknown,
  scheduleNumberOutOfRange,
} as const satisfies Readonly<Record<string, ScheduleCheck>>;

/**
 * All that is wrong with a schedule, and with the application that it would start: there the fields are told as
 * `spec.template.…`. An empty list means that every run can be planned as far as its fields tell.
 */
export const validateSchedule = (schedule: ScheduledSparkApplication): readonly Violation[] => [
  ...Object.entries(scheduleRules).flatMap(([rule, check]) => check(schedule).map((finding) => ({ ...finding, rule }))),
  ...templateViolations(schedule),
];

/** The name is the schedule's own subject: the runs have other names. */
function templateViolations({ apiVersion, metadata, spec }: ScheduledSparkApplication): readonly Violation[] {
  const run = { apiVersion, kind: 'SparkApplication', metadata, spec: spec.template };
  return validate(run)
    .filter(({ rule }) => rule !== 'nameNotLabel')
    .map(({ field, message, rule }) => ({ field: inTemplate(field), message: inTemplate(message), rule }));
}

/** Paths of an application as paths of a schedule. */
const inTemplate = (text: string): string => text.replace(/(?<![.\w])spec\./g, 'spec.template.');
