import { InvalidArgumentError } from 'commander';

import { parseDuration } from '../terminal/parse-duration.ts';

/**
 * A length of time as Go and kubectl write it (`90s`, `1h30m`); a bare number counts seconds.
 * @returns milliseconds
 * @throws InvalidArgumentError, which commander prints with the name of the flag
 */
export function duration(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new InvalidArgumentError('Expected a duration such as 30s, 5m or 1h30m.');
  return parsed;
}

/** @throws InvalidArgumentError, which commander prints with the name of the flag */
export function nonNegativeInteger(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number, 0 or more.');
  return Number(text);
}

/** A TCP port; 0 means any free one. @throws InvalidArgumentError, which commander prints with the name of the flag */
export function port(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('Expected a port number between 0 and 65535.');
  }
  return Number(text);
}
