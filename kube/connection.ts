import { inCluster } from './in-cluster.ts';
import type { Credentials } from './transport.ts';

/** Where a program finds its API server. */
export interface ConnectionConfig {
  /** A kubeconfig file, for development; undefined in a pod. */
  readonly kubeconfig: string | undefined;
  /** Folder of the service account's credentials. */
  readonly serviceAccountDir: string;
}

export interface Connection {
  readonly server: string;
  readonly credentials: Credentials;
}

/**
 * In a pod its service account; in development the kubeconfig, whose reader is loaded only then. Rejects with an Error that
 * names the piece that is missing.
 */
export async function connectionOf(
  { kubeconfig, serviceAccountDir }: ConnectionConfig,
  env: NodeJS.ProcessEnv,
): Promise<Connection> {
  if (kubeconfig === undefined) return inCluster({ dir: serviceAccountDir, env });
  const { loadKubeconfig } = await import('./kubeconfig.ts');
  return loadKubeconfig({ path: kubeconfig });
}
