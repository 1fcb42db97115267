import { Cron } from 'croner';

/** A schedule as it is meant: at the times of a cron expression, or again and again after a while. */
export type ScheduleExpression =
  | { readonly kind: 'Cron'; readonly pattern: string; readonly timeZone?: string }
  | { readonly kind: 'Every'; readonly seconds: number; readonly timeZone?: string }
  | { readonly kind: 'Invalid'; readonly message: string };

const EXAMPLES = 'write five fields such as "0 8 * * 1-5", a word such as @hourly, or @every 1h30m';
const MAX_LENGTH = 512;
const words: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

/**
 * Reads a schedule as kubeflow's operator does (robfig/cron, `ParseStandard`): five fields, a word, or `@every` and a
 * duration as Go writes it, with `CRON_TZ=Zone ` or `TZ=Zone ` before it.
 */
export function parseSchedule(text: string): ScheduleExpression {
  if (text.length > MAX_LENGTH) return invalid(`has ${text.length} characters, more than ${MAX_LENGTH}`);
  const [, timeZone, rest = ''] = /^(?:(?:CRON_)?TZ=(\S*) )?(.*)$/s.exec(text) ?? [];
  if (timeZone !== undefined && !isTimeZone(timeZone)) return invalid(`names an unknown time zone "${timeZone}"`);
  return { ...expressionOf(rest.trim()), ...(timeZone === undefined ? {} : { timeZone }) };
}

function expressionOf(text: string): ScheduleExpression {
  if (text.startsWith('@every ')) return everyOf(text);
  if (text.startsWith('@') && !words.has(text)) return invalid(`"${text}" is no word for a schedule: ${EXAMPLES}`);
  const problem = cronProblem(text);
  return problem === undefined ? { kind: 'Cron', pattern: text } : invalid(problem);
}

/** Whether the machine knows an IANA time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const invalid = (message: string): ScheduleExpression => ({ kind: 'Invalid', message });

/** `0 0 31 2 *` is well-formed and never comes. */
function cronProblem(pattern: string): string | undefined {
  if (!pattern.startsWith('@') && pattern.split(/\s+/).length !== 5)
    return `"${pattern}" has not the five fields minute, hour, day of month, month and day of week: ${EXAMPLES}`;
  if (pattern.includes('+')) return `"${pattern}" has a +, which is no part of a cron expression: ${EXAMPLES}`;
  try {
    const cron = new Cron(pattern, { mode: '5-part', sloppyRanges: true, paused: true, timezone: 'UTC' });
    return cron.nextRun(FAR_PAST) === null ? `"${pattern}" is a time that never comes` : undefined;
  } catch (error) {
    return `"${pattern}" is no cron expression (${reasonOf(error)}): ${EXAMPLES}`;
  }
}

/** Any fixed moment will do to ask whether there is a next one. */
const FAR_PAST = new Date('2024-01-01T00:00:00Z');

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^Cron\w*: /, '');

const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const duration = /^(?:[0-9]+(?:\.[0-9]*)?(?:ns|us|µs|μs|ms|s|m|h))+$/;

/** robfig/cron counts whole seconds, at least one. */
function everyOf(expression: string): ScheduleExpression {
  const text = expression.slice('@every '.length).trim();
  if (!duration.test(text)) return invalid(`"${expression}" has no duration such as 1h30m or 45s after @every`);
  const parts = [...text.matchAll(/([0-9.]+)([a-zµμ]+)/g)];
  const seconds = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (units[unit] ?? 0), 0);
  return { kind: 'Every', seconds: Math.max(1, Math.floor(seconds)) };
}
