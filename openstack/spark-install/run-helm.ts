import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { HelmOptions, RunHelm } from '../cli.ts';
import { HelmError } from './helm-error.ts';
import { CANNOT_START } from './helm-exit.ts';

export interface HelmWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends Helm with SIGTERM, which it takes as the wish to leave its release in order. */
  readonly interrupted: AbortSignal;
}

/** Sources run as they are, the package as it was compiled. */
const guard = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './helm-guard.ts' : './helm-guard.js', import.meta.url),
);

/**
 * Runs `helm` of the path, or the program that OPSPARKCTL_HELM names. Nothing goes through a shell, values go through standard
 * input, and what the environment holds of the cloud's secrets is kept from it. Helm ends when this process ends.
 */
export const runHelm =
  ({ env, interrupted }: HelmWorld): RunHelm =>
  (args, options) =>
    new Promise((resolve, reject) => {
      const program = env['OPSPARKCTL_HELM'] ?? 'helm';
      const child = spawn(process.execPath, [guard, program, ...args, ...choiceOf(options)], {
        env: withoutSecrets(env),
        stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
      });
      const stop = (): void => void child.kill('SIGTERM');
      interrupted.addEventListener('abort', stop, { once: true });
      const output = { stdout: '', stderr: '' };
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
      child.on('error', (cause) => reject(new HelmError(cause.message, { cause })));
      child.on('close', (code) => {
        interrupted.removeEventListener('abort', stop);
        if (code === 0) resolve(output.stdout);
        else reject(failure(program, code, output));
      });
      // A Helm that does not read its input may be gone before it is written: its exit code tells the story.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(options.stdin ?? '');
    });

const choiceOf = ({ kubeconfig: { file, context } }: HelmOptions): readonly string[] => [
  ...(file === undefined ? [] : ['--kubeconfig', file]),
  ...(context === undefined ? [] : ['--kube-context', context]),
];

/** What opens the cloud or its object store; Helm has no use for it. */
const SECRET = /^(OS_.*(PASSWORD|SECRET|TOKEN|PASSCODE)|AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN)|OPSPARKCTL_.*SECRET.*)$/;

const withoutSecrets = (env: HelmWorld['env']): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.test(name)));

function failure(
  program: string,
  code: number | null,
  { stdout, stderr }: { stdout: string; stderr: string },
): HelmError {
  const said = stderr.trim();
  const missing = code === CANNOT_START && said.includes('ENOENT');
  const message = said === '' ? `${program} ended with ${code === null ? 'a signal' : `code ${code}`}` : said;
  return new HelmError(message, { missing, output: `${stdout}\n${stderr}` });
}
