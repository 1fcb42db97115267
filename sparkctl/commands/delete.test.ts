import { describe, expect, it } from '@jest/globals';

import { anApp, aSchedule } from '../../test/builders.ts';
import { apiError, sparkctl, type FakeWorld } from '../../test/fake-cli.ts';

const objects = [anApp({ name: 'pi' }), anApp({ name: 'etl' }), aSchedule()];

interface Case {
  readonly given: { readonly args: string[]; readonly world?: FakeWorld };
  readonly want: object;
}

const cases: Record<string, Case> = {
  'one application': {
    given: { args: ['pi'] },
    want: { code: 0, out: 'SparkApplication "pi" deleted\n', writes: ['delete SparkApplication default/pi'] },
  },
  'several, and a schedule': {
    given: { args: ['pi', 'etl', 'scheduledsparkapplication/hourly-pi'] },
    want: {
      code: 0,
      out: 'SparkApplication "pi" deleted\nSparkApplication "etl" deleted\nScheduledSparkApplication "hourly-pi" deleted\n',
    },
  },
  'one that is gone': {
    given: { args: ['pi'], world: {} },
    want: { code: 1, out: '', err: 'error: SparkApplication "pi" not found in namespace "default"\n' },
  },
  'one that is gone does not keep the others': {
    given: { args: ['nope', 'pi'] },
    want: {
      code: 1,
      out: 'SparkApplication "pi" deleted\n',
      err: 'error: SparkApplication "nope" not found in namespace "default"\n',
    },
  },
  'each failure is told': {
    given: { args: ['one', 'two'], world: {} },
    want: {
      code: 1,
      err: 'error: SparkApplication "one" not found in namespace "default"\nerror: SparkApplication "two" not found in namespace "default"\n',
    },
  },
  'a cluster that cannot be reached': {
    given: {
      args: ['pi'],
      world: { failures: { 'delete sparkapplications': apiError(0, 'Unreachable', 'no route') } },
    },
    want: { code: 5 },
  },
  'no name': { given: { args: [] }, want: { code: 2, err: "error: missing required argument 'name'\n" } },
};

describe('sparkctl delete', () => {
  it.each(Object.entries(cases))('%s', async (_name, { given, want }) => {
    expect(await sparkctl(['delete', ...given.args], given.world ?? { objects })).toMatchObject(want);
  });
});
