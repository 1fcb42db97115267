import { kubeClient } from '../kube/client.ts';
import { loadKubeconfig, type KubeconfigContext } from '../kube/kubeconfig.ts';
import { createTransport } from '../kube/transport.ts';
import { UserError } from '../terminal/user-error.ts';
import type { KubeconfigChoice, Kubernetes } from './cli.ts';
import { exitCode } from './exit-code.ts';
import { packageVersion } from '../terminal/package-version.ts';

/** Someone waits at the keyboard: an address that does not answer is told soon, not tried for minutes. */
const limits = { attempts: 3, connectTimeoutMs: 5000 };

/**
 * Opens the Kubernetes of a kubeconfig, with the rights of its user. Nothing is sent yet.
 * @param defaultFiles read and merged, as kubectl does, where the choice names no file
 * @throws UserError with exit code 2 when there is no such file or context, or it cannot be read
 */
export async function openKubernetes(
  kubeconfig: KubeconfigChoice,
  defaultFiles: readonly string[],
): Promise<Kubernetes> {
  const { file, context } = kubeconfig;
  const chosen = await chosenContext({ ...(file === undefined ? { files: defaultFiles } : { path: file }), context });
  const transport = createTransport({
    server: chosen.server,
    credentials: chosen.credentials,
    limits,
    userAgent: `opsparkctl/${packageVersion()}`,
  });
  return { client: kubeClient(transport), server: chosen.server, kubeconfig, close: () => transport.close() };
}

async function chosenContext(options: Parameters<typeof loadKubeconfig>[0]): Promise<KubeconfigContext> {
  try {
    return await loadKubeconfig(options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(message, { exitCode: exitCode.usage, cause: error });
  }
}
