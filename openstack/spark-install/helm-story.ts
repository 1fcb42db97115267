import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';
import { HelmError } from './helm-error.ts';

/** What the hooks of the chart print as their last line: one object. */
interface HookLine {
  readonly hook: string;
  readonly outcome: string;
  readonly message: string;
}

/** The lines of hooks in what Helm printed, as it printed them. */
export function hookLines(output: string): readonly HookLine[] {
  return output.split('\n').flatMap((line) => {
    const start = line.indexOf('{"hook":');
    return start < 0 ? [] : parsed(line.slice(start));
  });
}

function parsed(text: string): readonly HookLine[] {
  try {
    const value: unknown = JSON.parse(text);
    return isHookLine(value) ? [value] : [];
  } catch {
    return [];
  }
}

const isHookLine = (value: unknown): value is HookLine =>
  typeof value === 'object' && value !== null && 'hook' in value && 'outcome' in value && 'message' in value;

/** Helm's last reason, without the names of the layers that handed it up and without what it logs on the way. */
export function helmReason(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !NOISE.test(line));
  const at = lines.findIndex((line) => line.startsWith('Error:'));
  const reason = at < 0 ? lines.slice(-MOST_LINES) : lines.slice(at, at + MOST_LINES);
  return reason.join('\n').replace(/^Error: (?:(?:UPGRADE|INSTALLATION) FAILED: )?/, '');
}

const MOST_LINES = 6;

/** Helm 3 logs through klog and, with some versions, as `level=…` on the same stream. */
const NOISE = /^(?:[IWE]\d{4} |time=|level=|WARNING: |\{"hook":)/;

/**
 * The error of Helm for people: when a hook of the chart said why it failed, its words; else Helm's reason.
 * @param logs what the pods of hooks printed, where Helm does not print it itself (before 3.18)
 */
export function explainHelm(error: unknown, logs = ''): unknown {
  if (!(error instanceof HelmError)) return error;
  const failed = hookLines(`${error.output}\n${logs}`).filter(({ outcome }) => outcome === 'failed');
  const told = [...new Map(failed.map(({ hook, message }) => [hook, message]))].map(
    ([hook, message]) => `hook ${hook}: ${message}`,
  );
  const message = told.length > 0 ? told.join('\n') : helmReason(error.message);
  return new UserError(`helm: ${message}`, { exitCode: exitCode.failed, cause: error });
}
