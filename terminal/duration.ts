const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/**
 * A length of time as people read it, with at most two units: `0s`, `45s`, `3m12s`, `2h5m`, `4d1h`.
 * From ten units on the smaller one says nothing and is left out (`14h`), as kubectl does with ages.
 * @param milliseconds what is negative (clocks differ) counts as zero
 */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const largest = units.findIndex(([, size]) => seconds >= size);
  const [unit, size] = units[largest] ?? ['s', 1];
  const count = Math.floor(seconds / size);
  const [smallerUnit, smallerSize] = units[largest + 1] ?? ['', 1];
  const rest = Math.floor((seconds - count * size) / smallerSize);
  const withRest = smallerUnit !== '' && rest > 0 && count < 10;
  return withRest ? `${count}${unit}${rest}${smallerUnit}` : `${count}${unit}`;
}

/** The time since (or, for a running thing, until now of) a Kubernetes timestamp; `-` when it was never set. */
export const age = (timestamp: string | null | undefined, now: Date): string =>
  isSet(timestamp) ? duration(now.getTime() - Date.parse(timestamp)) : '-';

/** The length between two timestamps; up to now when it has not ended; `-` when it never began. */
export function span(start: string | null | undefined, end: string | null | undefined, now: Date): string {
  if (!isSet(start)) return '-';
  return duration((isSet(end) ? Date.parse(end) : now.getTime()) - Date.parse(start));
}

const isSet = (timestamp: string | null | undefined): timestamp is string =>
  timestamp !== null && timestamp !== undefined && timestamp !== '';
