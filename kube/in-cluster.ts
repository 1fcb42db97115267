import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import type { Credentials } from './transport.ts';

/** Where the kubelet mounts the credentials of a pod. */
export const SERVICE_ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The kubelet renews a token long before it expires (at 80 % of an hour or more): a minute of delay is harmless. */
const TOKEN_AGE_MS = 60_000;

export interface InCluster {
  readonly server: string;
  readonly credentials: Credentials;
  /** The namespace of the pod. */
  readonly namespace: string | undefined;
}

export interface InClusterOptions {
  readonly dir?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock | undefined;
}

/**
 * Server and credentials as every pod finds them: `KUBERNETES_SERVICE_HOST/PORT` and the service account folder with
 * `ca.crt`, `token` and `namespace`. The token is read again each minute and after a 401. Throws an Error that names
 * the missing piece.
 */
export function inCluster({ dir = SERVICE_ACCOUNT_DIR, env, clock = systemClock }: InClusterOptions): InCluster {
  const host = required(env, 'KUBERNETES_SERVICE_HOST');
  const port = env['KUBERNETES_SERVICE_PORT'] ?? '443';
  const authorization = tokenSource(join(dir, 'token'), clock);
  authorization(true);
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    credentials: { ca: read(join(dir, 'ca.crt')), authorization },
    namespace: readOptional(join(dir, 'namespace')),
  };
}

function tokenSource(path: string, clock: Clock): (fresh: boolean) => string {
  let header = '';
  let readAt = Number.NEGATIVE_INFINITY;
  return (fresh) => {
    const now = clock.monotonic();
    if (fresh || now - readAt > TOKEN_AGE_MS) {
      // A read may fall into the moment in which the kubelet swaps the folder: then the old token serves on.
      const token = header === '' ? read(path) : readOptional(path);
      if (token !== undefined) header = `Bearer ${token}`;
      readAt = now;
    }
    return header;
  };
}

function required(env: InClusterOptions['env'], name: string): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw new Error(`${name} is not set: run inside a pod, or pass --kubeconfig`);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new Error(`Cannot read ${path}: run inside a pod with a mounted service account, or pass --kubeconfig`, {
      cause,
    });
  }
}

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
