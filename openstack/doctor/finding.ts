import { exitCode, type ExitCode } from '../exit-code.ts';

/** `problem`: something will not work. `warning`: something may not, or not well. */
export type Level = 'ok' | 'warning' | 'problem';

/** One thing that doctor looked at. No secret is in it. */
export interface Finding {
  /** What was looked at: `login`, `quota`… */
  readonly check: string;
  readonly level: Level;
  readonly said: string;
  /** What to do about it; undefined when all is well. */
  readonly remedy?: string | undefined;
  /** What a command that runs into it would end with. */
  readonly exitCode?: ExitCode | undefined;
}

export const ok = (check: string, said: string): Finding => ({ check, level: 'ok', said });

export const warning = (check: string, said: string, remedy?: string): Finding => ({
  check,
  level: 'warning',
  said,
  remedy,
});

/** The code is `failed` unless told. */
export const problem = (check: string, said: string, remedy?: string, code: ExitCode = exitCode.failed): Finding => ({
  check,
  level: 'problem',
  said,
  remedy,
  exitCode: code,
});

/** The exit code of a report: that of the first problem; warnings are no failure. */
export const exitCodeOf = (findings: readonly Finding[]): ExitCode =>
  findings.find(({ level }) => level === 'problem')?.exitCode ?? exitCode.ok;
