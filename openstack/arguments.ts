import { InvalidArgumentError, Option } from 'commander';

import { parseDuration } from '../terminal/parse-duration.ts';

/**
 * A length of time such as `90s` or `1h30m`.
 * @returns milliseconds
 * @throws InvalidArgumentError, which commander prints with the name of the flag
 */
export function duration(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new InvalidArgumentError('Expected a duration such as 30s, 5m or 1h30m.');
  return parsed;
}

/** A whole number of 1 or more. @throws InvalidArgumentError, which commander prints with the name of the flag */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Expected a whole number, 1 or more.');
  return Number(text);
}

/** A whole number of 0 or more. @throws InvalidArgumentError, which commander prints with the name of the flag */
export function nonNegativeInteger(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number, 0 or more.');
  return Number(text);
}

/** Collects a repeatable `KEY=VALUE` flag. @throws InvalidArgumentError, which commander prints with the name of the flag */
export function keyValue(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected KEY=VALUE.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** `--timeout`: how long this run waits; the work itself goes on. Its value is in milliseconds. */
export const timeoutOption = (fallback: string): Option =>
  new Option(
    '--timeout <duration>',
    `how long to wait, such as 90m: then exit code 7 (default: ${fallback})`,
  ).argParser(duration);

/** `--no-wait`: `wait` is true unless given. */
export const noWaitOption = (): Option => new Option('--no-wait', 'end as soon as the work has begun');

/** `--dry-run` */
export const dryRunOption = (): Option => new Option('--dry-run', 'print what would be done, change nothing');
