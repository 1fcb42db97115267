import { kubeClient } from '../../kube/client.ts';
import { loadKubeconfig, type KubeconfigContext } from '../../kube/kubeconfig.ts';
import { forwardPort } from '../../kube/port-forward.ts';
import { createTransport } from '../../kube/transport.ts';
import type { Cluster, ConnectionFlags, Terminal } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { packageVersion } from '../package-version.ts';
import { UserError } from '../user-error.ts';
import { clusterOverClient } from './cluster-over-client.ts';

/** Someone waits at the keyboard: an address that does not answer is told soon, not tried for minutes. */
const limits = { attempts: 3, connectTimeoutMs: 5000 };

/** What client-node assumes when there is no kubeconfig at all. */
const NO_KUBECONFIG = 'http://localhost:8080';

/** Opens the cluster that the flags choose, as kubectl would. @throws UserError with exit code 5 when no kubeconfig tells one */
export async function connect(flags: ConnectionFlags, terminal: Terminal): Promise<Cluster> {
  const chosen = await chooseContext(flags);
  const transport = createTransport({
    server: chosen.server,
    credentials: chosen.credentials,
    limits,
    userAgent: `sparkctl/${packageVersion()}`,
  });
  return clusterOverClient(kubeClient(transport), {
    namespace: flags.namespace ?? chosen.namespace ?? 'default',
    forward: (pod, { local, remote }) =>
      forwardPort({
        config: chosen.config,
        pod,
        localPort: local,
        remotePort: remote,
        onError: (message) => terminal.printError(`port ${remote} of ${pod.name}: ${message}`),
      }),
    close: () => transport.close(),
  });
}

async function chooseContext({ kubeconfig, context }: ConnectionFlags): Promise<KubeconfigContext> {
  try {
    const chosen = await loadKubeconfig({ path: kubeconfig, context });
    if (chosen.server !== NO_KUBECONFIG) return chosen;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(message, { exitCode: exitCode.unreachable, cause: error });
  }
  throw new UserError('no kubeconfig found: set KUBECONFIG, pass --kubeconfig, or put one at ~/.kube/config', {
    exitCode: exitCode.unreachable,
  });
}
