import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { UserError } from '../../terminal/user-error.ts';
import { HelmError } from './helm-error.ts';
import { explainHelm, hookLines } from './helm-story.ts';
import { troubleOf } from './rollout.ts';

interface Where {
  readonly namespace: string;
  readonly release: string;
}

/** Helm's error for people, with what Kubernetes says of pods that could not start, such as a hook's image that cannot be pulled. */
export async function failedRelease(
  client: KubeClient,
  { namespace, release }: Where,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof HelmError)) return error;
  const selection = { namespace, labelSelector: `app.kubernetes.io/instance=${release}` };
  const pods = await client.list(resources.pods, selection).catch(() => ({ items: [] }));
  const logs = hookLines(error.output).length > 0 ? '' : await hookLogs(client, namespace, pods.items.map(podName));
  const explained = explainHelm(error, logs);
  const troubles = pods.items.flatMap((pod) => troubleOf(pod) ?? []).slice(0, 3);
  if (!(explained instanceof UserError) || troubles.length === 0) return explained;
  const lines = [explained.message, ...troubles.map((trouble) => `  ${trouble}`)];
  return new UserError(lines.join('\n'), { exitCode: explained.exitCode, cause: error });
}

const podName = ({ metadata }: { readonly metadata?: { readonly name?: string } }): string => metadata?.name ?? '';

/** Helm prints the logs of hooks since 3.18; for an older one they are read here, while the failed Jobs are still there. */
async function hookLogs(client: KubeClient, namespace: string, names: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const name of names.filter((pod) => pod.includes('-hook-'))) {
    const request = {
      resource: resources.pods,
      ref: { namespace, name },
      subresource: 'log',
      query: { tailLines: 20 },
    };
    await client.streamText(request, (chunk) => void parts.push(chunk.toString('utf8'))).catch(() => undefined);
  }
  return parts.join('\n');
}
