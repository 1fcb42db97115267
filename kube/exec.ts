import type { Readable, Writable } from 'node:stream';
import type { KubeConfig } from '@kubernetes/client-node';
import { ApiError } from './errors.ts';
import type { ObjectRef } from './key.ts';
import { asStreamSocket } from './stream-socket.ts';

export interface ExecOptions {
  /** Of `loadKubeconfig`. */
  readonly config: KubeConfig;
  readonly pod: ObjectRef;
  readonly container: string;
  /** The program and its arguments: no shell in between. */
  readonly command: readonly string[];
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly stdin?: Readable | undefined;
  readonly tty?: boolean | undefined;
}

/** The parts of the Status (meta/v1) that ends an exec channel. */
export interface ExecStatus {
  readonly status?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly details?:
    { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] } | undefined;
}

/** Runs a command in a container and resolves with its exit code. Rejects with an ApiError when it cannot be run. */
export async function execInPod(options: ExecOptions): Promise<number> {
  const { config, pod, container, command, stdout, stderr, stdin, tty = false } = options;
  const { Exec } = await import('@kubernetes/client-node');
  const exec = new Exec(config);
  const namespace = pod.namespace ?? 'default';
  return new Promise((resolve, reject) => {
    const onStatus = (status: ExecStatus): void => {
      const code = exitCodeOf(status);
      if (code === undefined) reject(failure(pod, status.message ?? status.reason ?? 'unknown reason'));
      else resolve(code);
    };
    const onClose = (): void => reject(failure(pod, 'the connection was closed'));
    exec.exec(namespace, pod.name, container, [...command], stdout, stderr, stdin ?? null, tty, onStatus).then(
      (socket: unknown) => asStreamSocket(socket).addEventListener('close', onClose),
      (error: unknown) => reject(failure(pod, error instanceof Error ? error.message : 'the API server refused')),
    );
  });
}

/** The channel protocol reports a non-zero exit as a cause of a Failure; undefined = the command did not run. */
export function exitCodeOf({ status, details }: ExecStatus): number | undefined {
  if (status === 'Success') return 0;
  const cause = details?.causes?.find(({ reason }) => reason === 'ExitCode');
  const code = Number(cause?.message ?? 'none');
  return Number.isInteger(code) ? code : undefined;
}

const failure = (pod: ObjectRef, why: string): ApiError =>
  new ApiError({ status: 0, reason: 'ExecFailed', message: `Cannot run a command in pod ${pod.name}: ${why}` });
