import { spawn, type ChildProcess } from 'node:child_process';

/** How a program ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that goes on until it is stopped or ends. */
export interface Running {
  /** Resolves with the match as soon as standard output matches; rejects when the program ends without. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
  readonly stop: (signal: 'SIGINT' | 'SIGTERM') => Promise<Ended>;
}

const children = new Set<ChildProcess>();

/** Ends what is still running: a failed test has not waited for its programs. */
export function stopAll(): void {
  for (const child of children) child.kill('SIGTERM');
}

/** Starts a program of this repository from its source, with the cluster's kubeconfig. */
export function start(file: string, args: readonly string[], kubeconfig: string): Running {
  const env = { ...process.env, KUBECONFIG: kubeconfig, NO_COLOR: '1' };
  const child = spawn(process.execPath, [file, ...args], { env });
  children.add(child);
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output.stdout += chunk;
    for (const look of watchers) look();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      children.delete(child);
      resolve({ code, ...output });
    });
  });
  return {
    ended,
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output.stdout);
          if (match === null) return;
          watchers.delete(look);
          resolve(match);
        };
        watchers.add(look);
        look();
        const tooEarly = (): void =>
          reject(
            new Error(`${args.join(' ')} ended without printing ${String(pattern)}:\n${output.stdout}${output.stderr}`),
          );
        ended.then(tooEarly, reject);
      }),
  };
}
