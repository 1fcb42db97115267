import { describe, expect, it } from '@jest/globals';

import { parseTestArguments, type TestRequest } from './arguments.ts';
import { countJest, sumJest, type JestCounts, type JestReport } from './jest-counts.ts';
import type { LayerResult } from './layer-result.ts';
import { exitCode, layerLines, summaryLine } from './summary.ts';

const requests: Record<string, { given: readonly string[]; want: TestRequest }> = {
  'all layers, in their order, when none is named': {
    given: [],
    want: { layers: ['check', 'unit', 'integration', 'openstack', 'e2e'], jestArguments: [] },
  },
  'only the named ones, still in their order': {
    given: ['e2e', 'unit'],
    want: { layers: ['unit', 'e2e'], jestArguments: [] },
  },
  'what follows goes to jest': {
    given: ['unit', 'kube/lease', '--bail', 'e2e'],
    want: { layers: ['unit'], jestArguments: ['kube/lease', '--bail', 'e2e'] },
  },
};

describe('parseTestArguments', () => {
  it.each(Object.entries(requests))('%s', (_name, { given, want }) => {
    expect(parseTestArguments(given)).toEqual(want);
  });
});

const green: JestReport = {
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  success: true,
};

const reports: Record<string, { given: Partial<JestReport>; want: JestCounts }> = {
  'passed tests': { given: {}, want: { passed: 7, failed: 0 } },
  'failed tests': { given: { numFailedTests: 2, success: false }, want: { passed: 7, failed: 2 } },
  'a file that does not load is a failure': {
    given: { numRuntimeErrorTestSuites: 1, success: false },
    want: { passed: 7, failed: 1 },
  },
  'a skipped test is a failure': {
    given: { numPendingTests: 1, numTodoTests: 1 },
    want: { passed: 7, failed: 2, reason: '2 skipped tests count as failed' },
  },
  'a run without tests is a failure': {
    given: { numPassedTests: 0 },
    want: { passed: 0, failed: 1, reason: 'no test ran' },
  },
  'a failure that jest alone knows of is one': {
    given: { success: false },
    want: { passed: 7, failed: 1, reason: 'jest reported a failure (see above)' },
  },
};

describe('countJest', () => {
  it.each(Object.entries(reports))('%s', (_name, { given, want }) => {
    expect(countJest({ ...green, ...given })).toEqual(want);
  });
});

describe('sumJest', () => {
  const green5 = { passed: 5, failed: 0 };
  const none = countJest({ ...green, numPassedTests: 0 });

  it('adds counts and keeps every reason', () => {
    const red = { passed: 1, failed: 2, reason: 'two skipped' };
    expect(sumJest([green5, red], false)).toEqual({ passed: 6, failed: 2, reason: 'two skipped' });
  });

  it('calls a run without tests a failure, unless somebody named files that another run had', () => {
    expect(sumJest([green5, none], false)).toMatchObject({ passed: 5, failed: 1 });
    expect(sumJest([green5, none], true)).toEqual(green5);
    expect(sumJest([none, none], true)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('the summary', () => {
  const unit: LayerResult = { layer: 'unit', passed: 40, failed: 0, milliseconds: 8_000 };
  const e2e: LayerResult = { layer: 'e2e', passed: 0, failed: 1, milliseconds: 500, reason: 'could not run: no root' };

  it('adds up the layers', () => {
    expect(summaryLine([unit, e2e])).toBe('40 passed, 1 failed');
  });

  it('shows a layer that could not run, with the reason', () => {
    expect(layerLines([e2e])[0]).toMatch(/^e2e .*0 passed, 1 failed .*could not run: no root$/);
  });

  it('ends with 1 when anything failed or nothing ran', () => {
    expect(exitCode([unit])).toBe(0);
    expect(exitCode([unit, e2e])).toBe(1);
    expect(exitCode([])).toBe(1);
  });
});
