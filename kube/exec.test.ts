import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, type ExecStatus } from './exec.ts';

const cases: Record<string, { given: ExecStatus; want: number | undefined }> = {
  'success is 0': { given: { status: 'Success' }, want: 0 },
  'a non-zero exit is a cause': {
    given: { status: 'Failure', details: { causes: [{ reason: 'ExitCode', message: '137' }] } },
    want: 137,
  },
  'a command that could not be run has none': {
    given: { status: 'Failure', details: { causes: [{ reason: 'Other', message: 'not found' }] } },
    want: undefined,
  },
  'a failure without details has none': { given: { status: 'Failure' }, want: undefined },
};

describe('the exit code of a command', () => {
  it.each(Object.entries(cases))('%s', (_name, { given, want }) => {
    expect(exitCodeOf(given)).toBe(want);
  });
});
