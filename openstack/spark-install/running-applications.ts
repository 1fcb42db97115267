import type { SparkApplication } from '../../api/sparkapplication.ts';
import { isTerminal } from '../../api/states.ts';
import { isNotFound } from '../../kube/errors.ts';
import type { KubeClient } from '../../kube/client.ts';
import { resources } from '../../kube/resources.ts';

/** An application that has not ended. */
export interface RunningApplication {
  readonly namespace: string;
  readonly name: string;
  readonly state: string;
}

/**
 * The applications that have not ended; none where the kind is not known.
 * @param namespaces those whose applications count; undefined: all
 */
export async function runningApplications(
  client: KubeClient,
  namespaces: readonly string[] | undefined,
): Promise<readonly RunningApplication[]> {
  return (await allApplications(client)).flatMap(({ metadata, status }) => {
    const state = status?.applicationState?.state ?? '';
    const counts = namespaces === undefined || namespaces.includes(metadata.namespace);
    if (!counts || isTerminal(state) || state === 'SUSPENDED') return [];
    return [{ namespace: metadata.namespace, name: metadata.name, state: state === '' ? 'NEW' : state }];
  });
}

/** All applications, ended ones too. */
export async function allApplications(client: KubeClient): Promise<readonly SparkApplication[]> {
  try {
    return (await client.list(resources.sparkApplications)).items;
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
