import type { SparkApplication } from '../../api/sparkapplication.ts';
import type { Kubectl, KubeObject } from './kubectl.ts';

/** Namespace and name of a SparkApplication. */
export interface AppRef {
  readonly namespace: string;
  readonly name: string;
}

export const APPLICATIONS = '/apis/sparkoperator.k8s.io/v1beta2';

/** An application as the cluster shows it. */
export type SeenApplication = KubeObject & SparkApplication;

/** The state of an application, '' while it has none. */
export const stateOf = (app: SeenApplication): string => app.status?.applicationState?.state ?? '';

/**
 * Waits for a state and returns the application in it. Any other final state ends the wait at once, and every failure
 * carries what a person would look at next: the status, the events, the end of the driver's log.
 */
export async function reach(
  kubectl: Kubectl,
  app: AppRef,
  want: string,
  timeoutMs = 180_000,
): Promise<SeenApplication> {
  const ended = (seen: SeenApplication): boolean => ['COMPLETED', 'FAILED'].includes(stateOf(seen));
  const seen = await withDiagnosis(kubectl, app, () =>
    kubectl.until<SeenApplication, SeenApplication>({
      ...pathOf(app),
      what: `${app.namespace}/${app.name} to be ${want}`,
      timeoutMs,
      found: (now) => (stateOf(now) === want || ended(now) ? now : undefined),
    }),
  );
  if (stateOf(seen) === want) return seen;
  const reason = new Error(`${app.namespace}/${app.name} is ${stateOf(seen)} instead of ${want}`);
  throw await diagnosed(kubectl, app, reason);
}

/** Waits up to a minute until an application satisfies a condition. */
export async function seeApplication(
  kubectl: Kubectl,
  app: AppRef,
  what: string,
  holds: (app: SeenApplication) => boolean,
): Promise<SeenApplication> {
  return withDiagnosis(kubectl, app, () =>
    kubectl.until<SeenApplication, SeenApplication>({
      ...pathOf(app),
      what: `${app.namespace}/${app.name} ${what}`,
      timeoutMs: 60_000,
      found: (now) => (holds(now) ? now : undefined),
    }),
  );
}

/** Runs a step that concerns an application and adds the diagnosis to its failure. */
export async function withDiagnosis<T>(kubectl: Kubectl, app: AppRef, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw await diagnosed(kubectl, app, error);
  }
}

async function diagnosed(kubectl: Kubectl, { namespace, name }: AppRef, cause: unknown): Promise<Error> {
  const ask = async (title: string, args: readonly string[]): Promise<string> => {
    const answer = await kubectl.text(args).catch((error: unknown) => String(error));
    return `--- ${title}\n${answer.trim()}`;
  };
  const parts = await Promise.all([
    ask('status', ['-n', namespace, 'get', 'sparkapplication', name, '-o', 'jsonpath={.status}']),
    ask('events', ['-n', namespace, 'get', 'events', '--sort-by', '.lastTimestamp']),
    ask('pods', ['-n', namespace, 'get', 'pods', '-o', 'wide']),
    ask('driver log', ['-n', namespace, 'logs', `${name}-driver`, '--tail', '40']),
    ask('controller log', ['-n', 'spark-operator', 'logs', 'deployment/spark-operator-controller', '--tail', '30']),
  ]);
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error([message, ...parts].join('\n'), { cause });
}

const pathOf = ({ namespace, name }: AppRef): { path: string } => ({
  path: `${APPLICATIONS}/namespaces/${namespace}/sparkapplications?fieldSelector=metadata.name=${name}`,
});
