import { describe, expect, it } from '@jest/globals';

import { UserError } from '../../terminal/user-error.ts';
import { HelmError } from './helm-error.ts';
import { explainHelm, helmReason, hookLines } from './helm-story.ts';

const preflight = '{"hook":"preflight","outcome":"failed","message":"namespace team-a does not exist: create it"}';
const crds = '{"hook":"crds","outcome":"ok","message":"3 unchanged"}';

const messageOf = (error: unknown): string => (error instanceof UserError ? error.message : 'no UserError');

describe('what Helm says', () => {
  const reasons: Record<string, { given: string; want: string }> = {
    'loses the layers that handed it up': {
      given: 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
      want: 'another operation (install/upgrade/rollback) is in progress',
    },
    'loses what is logged on the way': {
      given:
        'I1122 20:00:00.000000 1 request.go:729] Waited for 1.2s\nlevel=INFO msg=x\nError: INSTALLATION FAILED: path "/x" not found\n',
      want: 'path "/x" not found',
    },
    'keeps the lines below the error': {
      given:
        "Error: values don't meet the specifications of the schema(s) in the following chart(s):\nspark-operator:\n- at '': additional properties 'x' not allowed",
      want: "values don't meet the specifications of the schema(s) in the following chart(s):\nspark-operator:\n- at '': additional properties 'x' not allowed",
    },
    'is never longer than a few lines': {
      given: Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n'),
      want: [34, 35, 36, 37, 38, 39].map((line) => `line ${line}`).join('\n'),
    },
  };
  it.each(Object.entries(reasons))('%s', (_name, { given, want }) => {
    expect(helmReason(given)).toBe(want);
  });
});

describe('the lines of hooks', () => {
  it('are found among what else is printed', () => {
    expect(hookLines(`logs of pod x:\n${crds}\nnoise {"hook":\n  ${preflight}\n`)).toEqual([
      { hook: 'crds', outcome: 'ok', message: '3 unchanged' },
      { hook: 'preflight', outcome: 'failed', message: 'namespace team-a does not exist: create it' },
    ]);
  });
});

describe('explainHelm', () => {
  const failed = (output: string): HelmError =>
    new HelmError('Error: INSTALLATION FAILED: failed pre-install: 1 error occurred:\n\t* job x failed: Backoff', {
      output,
    });

  it('tells what a hook said instead of what Helm saw of it, once', () => {
    const error = explainHelm(failed(`${crds}\n${preflight}\n${preflight}`));
    expect(messageOf(error)).toBe('helm: hook preflight: namespace team-a does not exist: create it');
  });

  it('reads it from the logs where Helm does not print them', () => {
    expect(messageOf(explainHelm(failed(''), preflight))).toContain('hook preflight: namespace team-a');
  });

  it('tells what Helm saw when no hook spoke', () => {
    expect(messageOf(explainHelm(failed(crds)))).toMatch(
      /^helm: failed pre-install: 1 error occurred:\n\* job x failed/,
    );
  });

  it('leaves other errors alone', () => {
    const other = new Error('other');
    expect(explainHelm(other)).toBe(other);
  });
});
