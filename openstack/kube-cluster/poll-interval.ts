/**
 * How long to wait before asking for the status again. What fails at once is told soon; a cluster takes minutes, and the
 * conductor itself looks at the driver only every 10 s.
 * @param elapsedMs since the wait began
 */
export function pollIntervalMs(elapsedMs: number): number {
  if (elapsedMs < 10_000) return 2_000;
  if (elapsedMs < 120_000) return 5_000;
  return elapsedMs < 600_000 ? 10_000 : 15_000;
}
