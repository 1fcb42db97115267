import { spawn } from 'node:child_process';

/** How a command runs. Nothing is ever passed through a shell. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment of this process; a variable that is `undefined` is removed. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to the command's standard input, which is empty otherwise. */
  readonly input?: string;
  /** True (the default): output is kept, not shown. False: output is shown as it comes, and kept as well. */
  readonly quiet?: boolean;
  /** Stops the command with SIGTERM when it fires. */
  readonly signal?: AbortSignal;
}

/** What a command that ended well has printed. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that could not start, or ended with another code than 0. Its message carries the end of what it printed. */
export class CommandError extends Error {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;

  constructor(command: string, code: number | undefined, reason: string, output: RunResult) {
    const tail = lastLines(output.stderr.trim() === '' ? output.stdout : output.stderr, 15);
    super(`${command}: ${reason}${tail === '' ? '' : `\n${tail}`}`);
    this.name = 'CommandError';
    this.code = code;
    this.stdout = output.stdout;
    this.stderr = output.stderr;
  }
}

/**
 * Runs a command without a shell and waits for its end.
 * Rejects with a {@link CommandError} when it cannot start, ends with a code other than 0 or is killed.
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const shown = [command, ...args].join(' ').slice(0, 200);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: options.signal,
    });
    const output = { stdout: '', stderr: '' };
    const echo = options.quiet === false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output.stdout += chunk;
      if (echo) process.stdout.write(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output.stderr += chunk;
      if (echo) process.stderr.write(chunk);
    });
    child.on('error', (error) => reject(new CommandError(shown, undefined, error.message, output)));
    child.on('close', (code, killedBy) => {
      if (code === 0) resolve(output);
      else reject(new CommandError(shown, code ?? undefined, ending(code, killedBy), output));
    });
    // A command that does not read its input may be gone before it is written: its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

function ending(code: number | null, killedBy: string | null): string {
  return code === null ? `killed by ${killedBy ?? 'a signal'}` : `ended with code ${code}`;
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
