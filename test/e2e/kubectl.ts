import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { kubectlPath } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/run.ts';

/** Any object as the API server shows it. Tests read paths of it through expect's matchers or through their own narrow shapes. */
export interface KubeObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** One line of a watch. */
interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

/** kubectl against one cluster. Apart from it nothing of the project's own code stands between a test and the cluster. */
export interface Kubectl {
  /** Standard output of a command. Rejects with the end of its standard error. */
  readonly text: (args: readonly string[], input?: string) => Promise<string>;
  /** The object or list that `kubectl get … -o json` prints. */
  readonly json: <T>(args: readonly string[]) => Promise<T>;
  /**
   * Watches an API path (`/api/v1/namespaces/x/pods?labelSelector=…`) until `found` returns something else than undefined:
   * what exists already is seen first. Rejects when `timeoutMs` are over, saying what was waited for.
   */
  readonly until: <T extends KubeObject, R>(wait: Wait<T, R>) => Promise<R>;
  /** Records every version of every object under a path until stopped. */
  readonly record: <T extends KubeObject>(path: string) => Recording<T>;
}

export interface Wait<T, R> {
  readonly path: string;
  /** Ends the sentence "Waited … for". */
  readonly what: string;
  readonly timeoutMs: number;
  readonly found: (object: T, deleted: boolean) => R | undefined;
}

/** What a watch has seen. */
export interface Recording<T> {
  /** Every version, in order, the deleted ones included. */
  readonly versions: readonly T[];
  readonly stop: () => void;
}

export function kubectlFor(kubeconfig: string): Kubectl {
  const env = { KUBECONFIG: kubeconfig };
  const text: Kubectl['text'] = async (args, input) =>
    (await run(kubectlPath(), args, input === undefined ? { env } : { env, input })).stdout;
  return {
    text,
    // The caller names the shape; the API server guarantees it.
    json: async <T>(args: readonly string[]) => JSON.parse(await text(['get', ...args, '-o', 'json'])) as T,
    until: (wait) => waitFor(kubeconfig, wait),
    record: (path) => record(kubeconfig, path),
  };
}

function waitFor<T extends KubeObject, R>(kubeconfig: string, wait: Wait<T, R>): Promise<R> {
  const { path, what, timeoutMs, found } = wait;
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stop();
      settle();
    };
    const timer = setTimeout(
      () => end(() => reject(new Error(`Waited ${timeoutMs / 1000} s in vain for ${what} (${path})`))),
      timeoutMs,
    );
    const stop = watch<T>(kubeconfig, path, {
      onEvent: ({ type, object }) => {
        const result = found(object, type === 'DELETED');
        if (result !== undefined) end(() => resolve(result));
      },
      onEnd: (reason) => end(() => reject(new Error(`The watch for ${what} ended: ${reason}`))),
    });
  });
}

function record<T extends KubeObject>(kubeconfig: string, path: string): Recording<T> {
  const versions: T[] = [];
  const stop = watch<T>(kubeconfig, path, {
    onEvent: ({ object }) => void versions.push(object),
    onEnd: () => undefined,
  });
  return { versions, stop };
}

interface Watcher<T> {
  readonly onEvent: (event: WatchEvent<T>) => void;
  readonly onEnd: (reason: string) => void;
}

/** One object a line, as the API server sends them. Returns the function that ends the watch. */
function watch<T>(kubeconfig: string, path: string, { onEvent, onEnd }: Watcher<T>): () => void {
  const url = `${path}${path.includes('?') ? '&' : '?'}watch=true`;
  const child = spawn(kubectlPath(), ['get', '--raw', url], { env: { ...process.env, KUBECONFIG: kubeconfig } });
  let stopped = false;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
  createInterface({ input: child.stdout }).on('line', (line) => {
    // A watch of the API server is one WatchEvent a line.
    if (!stopped && line !== '') onEvent(JSON.parse(line) as WatchEvent<T>);
  });
  const ended = (reason: string): void => {
    if (!stopped) onEnd(reason);
    stopped = true;
  };
  child.on('error', (error) => ended(error.message));
  child.on('close', () => ended(complaint.trim() === '' ? 'the server closed it' : complaint.trim()));
  return () => {
    stopped = true;
    child.kill('SIGTERM');
  };
}
