/** The part of jest's `--json` report that is counted. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not even be loaded. */
  readonly numRuntimeErrorTestSuites: number;
  readonly success: boolean;
}

/** What a report amounts to. */
export interface JestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly reason?: string;
}

/** The reason of a run that found nothing to run. */
const NO_TEST = 'no test ran';

/**
 * Counts a report so that nothing is passed over: a file that does not load and a skipped test are failures, and so is a
 * run without tests or one that jest itself calls a failure.
 */
export function countJest(report: JestReport): JestCounts {
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  if (failed > 0) {
    return skipped === 0 ? { passed, failed } : { passed, failed, reason: `${skipped} skipped tests count as failed` };
  }
  if (passed === 0) return { passed, failed: 1, reason: NO_TEST };
  return report.success ? { passed, failed } : { passed, failed: 1, reason: 'jest reported a failure (see above)' };
}

/** Several runs as one. `chosen`: a person named files, so that a run may find none of them; all must not. */
export function sumJest(runs: readonly JestCounts[], chosen: boolean): JestCounts {
  const counted = chosen ? runs.filter(({ reason }) => reason !== NO_TEST) : runs;
  const [first = { passed: 0, failed: 1, reason: NO_TEST }, ...others] = counted;
  return others.reduce((sum, run) => {
    const reasons = [sum.reason, run.reason].filter((reason) => reason !== undefined);
    const counts = { passed: sum.passed + run.passed, failed: sum.failed + run.failed };
    return reasons.length === 0 ? counts : { ...counts, reason: reasons.join('; ') };
  }, first);
}
