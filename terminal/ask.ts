import { UserError } from './user-error.ts';

/** Menus and questions. They resolve with the answer, or reject with a UserError when the person leaves with Ctrl-C. */
export interface Ask {
  readonly choose: <T>(question: string, choices: readonly Choice<T>[]) => Promise<T>;
  readonly text: (question: string, suggestion?: string) => Promise<string>;
  /** Not shown while it is typed. */
  readonly secret: (question: string) => Promise<string>;
  readonly confirm: (question: string, suggestion: boolean) => Promise<boolean>;
}

export interface Choice<T> {
  readonly name: string;
  readonly value: T;
  readonly description?: string;
}

/** Exit code of a shell command that was left with Ctrl-C. */
const INTERRUPTED = 130;

/**
 * Questions on the terminal of the process, written to standard error: standard output is for results. Undefined where
 * nobody can answer: in pipes and in CI. The libraries are loaded with the first question.
 */
export function askOnTerminal(process: NodeJS.Process): Ask | undefined {
  const { stdin, stderr, env } = process;
  if (!stdin.isTTY || !stderr.isTTY || (env['CI'] ?? '') !== '') return undefined;
  const context = { input: stdin, output: stderr };
  return {
    choose: async (message, choices) => {
      const { default: select } = await import('@inquirer/select');
      return answered(select({ message, choices: [...choices], loop: false }, context));
    },
    text: async (message, suggestion) => {
      const { default: input } = await import('@inquirer/input');
      return answered(input({ message, ...(suggestion === undefined ? {} : { default: suggestion }) }, context));
    },
    secret: async (message) => {
      const { default: password } = await import('@inquirer/password');
      return answered(password({ message, mask: false }, context));
    },
    confirm: async (message, suggestion) => {
      const { default: confirm } = await import('@inquirer/confirm');
      return answered(confirm({ message, default: suggestion }, context));
    },
  };
}

async function answered<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      throw new UserError('interrupted', { exitCode: INTERRUPTED, cause: error });
    throw error;
  }
}
