import { InvalidArgumentError } from 'commander';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A length of time as Go and kubectl write it (`90s`, `1h30m`); a bare number counts seconds.
 * @returns milliseconds
 * @throws InvalidArgumentError, which commander prints with the name of the flag
 */
export function duration(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) {
    throw new InvalidArgumentError('Expected a duration such as 30s, 5m or 1h30m.');
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce((sum, [, count = '0', unit = 's']) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
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
