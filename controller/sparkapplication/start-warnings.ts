import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';
import { isForbidden } from '../../kube/errors.ts';
import type { Memory } from './memory.ts';
import type { PodView } from './pod-view.ts';
import type { Seen } from './seen.ts';
import { millisOf } from './time.ts';

/** A healthy container starts within this time after its kubelet took the pod; an image that is pulled takes longer. */
const FIRST_LOOK_MS = 3_000;

/** From look to look the wait doubles up to this: a pull may take minutes. */
const LONGEST_WAIT_MS = 30_000;

/** What the API server lets an event say, in characters. */
const LONGEST_MESSAGE = 1024;

/** Waiting reasons that tell nothing: the kubelet may be mounting, pulling, or failing at either. */
const SILENT: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

/** When to read the events of a driver that does not start; undefined when its status tells enough. Pure. */
export function warningsLookAt({ driver }: Seen, { warnings }: Memory): number | undefined {
  if (driver.phase !== 'Pending' || driver.pod.node === undefined) return undefined;
  const { container, startTime, uid } = driver.pod;
  const taken = millisOf(startTime);
  const isSilent = container === undefined || (container.kind === 'waiting' && SILENT.has(container.reason));
  if (taken === undefined || !isSilent) return undefined;
  return warnings?.uid === uid ? warnings.nextLookAt : taken + FIRST_LOOK_MS;
}

/**
 * Reads the kubelet's warnings about a driver pod (a ConfigMap or Secret that cannot be mounted shows nowhere else) into the
 * memory of its application. Without the right to list events nothing is learnt, and nothing breaks.
 */
export async function readWarnings(
  client: KubeClient,
  { namespace, uid }: PodView,
  memory: Memory,
  now: number,
): Promise<void> {
  const before = memory.warnings?.uid === uid ? memory.warnings : { messages: [], looks: 0 };
  const looks = before.looks + 1;
  const nextLookAt = now + Math.min(FIRST_LOOK_MS * 2 ** (looks - 1), LONGEST_WAIT_MS);
  const messages = await warningsOf(client, namespace, uid);
  memory.warnings = { uid, messages: messages.length > 0 ? messages : before.messages, looks, nextLookAt };
}

async function warningsOf(client: KubeClient, namespace: string, uid: string): Promise<readonly string[]> {
  try {
    const fieldSelector = `involvedObject.uid=${uid},type=Warning`;
    const { items } = await client.list(resources.events, { namespace, fieldSelector });
    // Unmasked: the kubelet names objects, never their content, and `volume "x-secret" : secret "y"` must stay readable.
    return items.map(({ message }) => (message ?? '').slice(0, LONGEST_MESSAGE)).reverse();
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
}
