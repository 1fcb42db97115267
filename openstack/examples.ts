import type { Examples } from '../terminal/prepare-command.ts';

/** What people type, by command: shown below the help of each command and in docs/opsparkctl.md. */
export const examples: Examples = {
  version: [['opsparkctl version -o json', 'for programs']],
};
