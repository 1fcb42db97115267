import type { ExitCode } from '../exit-code.ts';

/** What was found out before an order. A refusal ends the command before anything is changed. */
export type Finding =
  | { readonly level: 'warning'; readonly text: string }
  | { readonly level: 'refusal'; readonly text: string; readonly exitCode: ExitCode };
