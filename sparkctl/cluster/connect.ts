import { kubeClient } from '../../kube/client.ts';
import { loadKubeconfig, type KubeconfigContext } from '../../kube/kubeconfig.ts';
import type { ObjectRef } from '../../kube/key.ts';
import { forwardPort } from '../../kube/port-forward.ts';
import { createTransport } from '../../kube/transport.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { Cluster, ConnectionFlags, Forwarding } from '../cli.ts';
import { exitCode } from '../exit-code.ts';
import { packageVersion } from '../../terminal/package-version.ts';
import { UserError } from '../../terminal/user-error.ts';
import { clusterOverClient } from './cluster-over-client.ts';

/** Someone waits at the keyboard: an address that does not answer is told soon, not tried for minutes. */
const limits = { attempts: 3, connectTimeoutMs: 5000 };

/** A driver under load may take a while to answer. */
const PROBE_MS = 5000;

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
    forward: (pod, ports) => forward({ pod, ...ports, config: chosen.config, terminal }),
    close: () => transport.close(),
  });
}

interface ForwardRequest {
  readonly pod: ObjectRef;
  readonly local: number;
  readonly remote: number;
  readonly config: KubeconfigContext['config'];
  readonly terminal: Terminal;
}

/** While one asks whether anything answers, a failed connection is the answer and no news. */
async function forward({ pod, local, remote, config, terminal }: ForwardRequest): Promise<Forwarding> {
  const probing = { now: false };
  const onError = (message: string): void => {
    if (!probing.now) terminal.printError(`port ${remote} of pod ${pod.name}: ${message}`);
  };
  const forwarding = await forwardPort({ config, pod, localPort: local, remotePort: remote, onError });
  const answers = async (): Promise<boolean> => {
    probing.now = true;
    const answer = await answersHttp(forwarding.localPort);
    probing.now = false;
    return answer;
  };
  return { localPort: forwarding.localPort, answers, close: () => forwarding.close() };
}

/** Any answer will do: the UI redirects. */
async function answersHttp(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_MS),
    });
    await answer.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

async function chooseContext({ kubeconfig, context }: ConnectionFlags): Promise<KubeconfigContext> {
  try {
    return await loadKubeconfig({ path: kubeconfig, context });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(message, { exitCode: exitCode.unreachable, cause: error });
  }
}
