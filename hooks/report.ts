import type { HookOutcome } from './hook.ts';

/** What the program prints on standard output: one line of JSON, whatever happened. */
export interface HookReport {
  readonly hook: string;
  readonly outcome: 'ok' | 'failed';
  readonly message: string;
  readonly [detail: string]: unknown;
}

/** The report of an outcome. Details cannot replace the three fields that are always there. */
export const reportOf = (hook: string, { ok, message, details = {} }: HookOutcome): HookReport => ({
  ...details,
  hook,
  outcome: ok ? 'ok' : 'failed',
  message,
});

/** The report of an error that a hook could not explain. */
export const failure = (hook: string, error: unknown): HookReport =>
  reportOf(hook, { ok: false, message: error instanceof Error ? error.message : String(error) });

/** The line to print. The fields that are always there come first, for people who read it in a log. */
export function lineOf({ hook, outcome, message, ...details }: HookReport): string {
  return `${JSON.stringify({ hook, outcome, message, ...details })}\n`;
}

/** 0 or 1. A clean-up never stops an uninstallation: its failure is in the line, not in the code. */
export const exitCodeOf = ({ hook, outcome }: HookReport): number => (outcome === 'ok' || hook === 'cleanup' ? 0 : 1);
